import {type Column, defineCommand} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import {collaborativeRow, inWords} from './collaborative-rows.ts';
import {readAllServices} from './read-services.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'name', header: 'name', whole: true},
	{field: 'hostOrganization', as: 'maybe', header: 'host'},
	{field: 'state', as: 'maybe', header: 'state'},
	{field: 'may', as: 'maybe', header: 'may'},
	{field: 'organizations', as: 'count', header: 'orgs'},
	{field: 'people', as: 'count', header: 'people'},
	{field: 'services', as: 'count', header: 'services'},
];
const longColumns: readonly Column[] = [
	...columns,
	{field: 'description', as: 'maybe', header: 'description'},
	{field: 'hostOrganizationId', as: 'text', header: 'host id'},
	{field: 'collaborativeId', as: 'text', header: 'id'},
];

/** The collaboratives that one's organization has to do with, by name. */
export const collaboratives = defineCommand({
	name: 'collaboratives',
	aliases: ['collabs'],
	group: 'Sharing',
	summary: 'List the collaboratives of your organization',
	description:
		'State is that of your organization (host, approved, pending or denied), `may` what you may do with what is shared there (read or write). Who is in it and what is shared are counted where you may know it.',
	args: {
		long: {kind: 'flag', short: 'l', help: 'With description and ids'},
	},
	examples: ['collaboratives', 'collabs -l', 'collaboratives --json'],
	async *run(context, {long}) {
		const {exchange, signal, interactive} = context;
		const [user, found] = await Promise.all([
			exchange.user({signal}),
			exchange.sharing.listCollaboratives({signal, maxAge: 0}),
		]);
		const sorted = found.toSorted((a, b) => compareNames(a.name, b.name));
		const services = yield* readAllServices(context, sorted, user);
		if (found.length === 0 && interactive) yield {kind: 'note', text: 'no collaboratives'};
		yield {
			kind: 'records',
			records: sorted.map((collaborative, index) =>
				inWords(context, collaborativeRow(collaborative, user, services[index]?.length ?? null)),
			),
			columns: long ? longColumns : columns,
			// An id is of use only when it is whole, which a row on a screen has no room for.
			layout: long && interactive ? 'fields' : 'table',
			headers: interactive && found.length > 0,
		};
	},
});
