import {type Column, defineCommand} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'name', header: 'name'},
	{field: 'description', as: 'text', header: 'description'},
];
const longColumns: readonly Column[] = [
	...columns,
	{field: 'ownerUserId', as: 'text', header: 'owner'},
	{field: 'dataStoreId', as: 'text', header: 'id'},
];

/** The data stores of the user, by name. */
export const stores = defineCommand({
	name: 'stores',
	group: 'Navigation',
	summary: 'List the data stores you can see',
	args: {
		long: {kind: 'flag', short: 'l', help: 'With owner and id'},
	},
	examples: ['stores', 'stores -l', 'stores --json'],
	async *run({exchange, signal, interactive}, {long}) {
		const found = await exchange.listDataStores({signal});
		if (found.length === 0 && interactive) yield {kind: 'note', text: 'no data stores'};
		yield {
			kind: 'records',
			records: found.toSorted((a, b) => compareNames(a.name, b.name)),
			columns: long ? longColumns : columns,
			// An id is of use only when it is whole, which a row on a screen has no room for.
			layout: long && interactive ? 'fields' : 'table',
		};
	},
});
