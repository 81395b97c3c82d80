import {type Column, defineCommand, type Output} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import type {DataStore} from '../../shell/ports.ts';
import {storeService} from '../../shell/services.ts';
import {audienceColumn, withAudiences} from '../shared/audiences.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'name', header: 'name'},
	{field: 'description', as: 'text', header: 'description'},
];
const longColumns = (interactive: boolean): readonly Column[] => [
	...columns,
	{field: interactive ? 'owner' : 'ownerUserId', as: 'maybe', header: 'owner'},
	{field: 'dataStoreId', as: 'text', header: 'id'},
	audienceColumn,
];

/** The data stores of the user, by name. */
export const stores = defineCommand({
	name: 'stores',
	group: 'Navigation',
	summary: 'List the data stores you can see',
	args: {
		long: {kind: 'flag', short: 'l', help: 'With owner, id and audience'},
	},
	examples: ['stores', 'stores -l', 'stores --json'],
	async *run(context, {long}) {
		const {exchange, signal, interactive} = context;
		const found = await exchange.listDataStores({signal});
		if (found.length === 0 && interactive) yield {kind: 'note', text: 'no data stores'};
		const sorted = found.toSorted((a, b) => compareNames(a.name, b.name));
		if (long) yield* withAudiences(context, sorted, storeService, rows => listing(rows, interactive));
		else yield {kind: 'records', records: sorted, columns, layout: 'table'};
	},
});

function listing(records: readonly DataStore[], interactive: boolean): Output {
	// An id is of use only when it is whole, which a row on a screen has no room for.
	const layout = interactive ? 'fields' : 'table';
	return {kind: 'records', records, columns: longColumns(interactive), layout};
}
