import {peopleIn} from '../../shell/collaboratives.ts';
import {type Column, defineCommand, type Row} from '../../shell/command.ts';
import {membershipOf} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import {quoteWord} from '../../shell/quote.ts';
import {collaborativesWith, describeService, resolveService} from '../../shell/services.ts';
import {listShared} from '../../shell/shared-services.ts';
import type {Collaborative} from '../../shell/sharing.ts';
import {serviceWord} from '../../shell/sharing-words.ts';
import {inWords} from './collaborative-rows.ts';
import {serviceLabel, serviceRow} from './service-rows.ts';

const columns: readonly Column[] = [
	{field: 'collaborative', as: 'name', header: 'through'},
	{field: 'organization', as: 'maybe', header: 'as one of'},
	{field: 'state', as: 'maybe', header: 'state'},
	{field: 'may', as: 'maybe', header: 'you may'},
];

const csvColumns: readonly Column[] = [
	{field: 'called', as: 'text'},
	{field: 'type', as: 'text'},
	{field: 'owner', as: 'text'},
	...columns,
];

/** Through which collaboratives and with which permission one sees something. */
export const why = defineCommand({
	name: 'why',
	group: 'Sharing',
	summary: 'Explain through which collaborative you see something',
	args: {
		service: {kind: 'service', help: 'Name or id of a data store, a database or another service'},
	},
	examples: ["why 'Other store'", 'why Microgrid'],
	async *run(context, {service: word}) {
		const {exchange, signal, interactive, format} = context;
		const service = await resolveService(context, word);
		const [user, shared, all] = await Promise.all([
			exchange.user({signal}),
			listShared(context),
			exchange.sharing.listCollaboratives({signal}),
		]);
		const people = peopleIn(all, user);
		const isOwn = service.ownerUserId === user.userId;
		const through = collaborativesWith(service, shared);
		if (format === 'json') {
			const row = serviceRow(context, service, people);
			const collaboratives = through.map(collaborative => membershipRow(collaborative, user));
			const records = [{...row, isOwner: isOwn, collaboratives}];
			yield {kind: 'records', records, columns, layout: 'fields'};
			return;
		}
		const label = serviceLabel(service);
		if (format === 'csv') {
			const row = serviceRow(context, service, people);
			const rows: readonly Row[] =
				isOwn || through.length === 0
					? [{}]
					: through.map(each => inWords(context, membershipRow(each, user)));
			yield {
				kind: 'records',
				records: rows.map(each => ({...row, ...each})),
				columns: csvColumns,
				layout: 'table',
			};
			return;
		}
		if (isOwn) {
			yield {kind: 'text', text: `${label} (${serviceWord(service.serviceType)}) is yours\n`};
			if (interactive) yield {kind: 'note', text: `\`shared ${quoteWord(word)}\` says who else sees it`};
			return;
		}
		const rows = through.map(collaborative => membershipRow(collaborative, user));
		const may = rows.some(({permission}) => permission === 'READ_WRITE') ? 'you may write' : 'you may read';
		const what = `${label}: ${describeService(service, id => people.get(id))}`;
		yield {kind: 'text', text: rows.length > 0 ? `${what}, ${may}\n` : `${what}\n`};
		yield {
			kind: 'records',
			records: rows.map(row => inWords(context, row)),
			columns,
			layout: 'table',
			headers: interactive && through.length > 0,
		};
		if (through.length === 0) yield {kind: 'note', text: 'the Exchange lists it without saying why'};
	},
});

function membershipRow(
	collaborative: Collaborative,
	user: User,
): Row & Pick<ReturnType<typeof membershipOf>, 'memberState' | 'permission'> {
	const {organization, memberState, permission} = membershipOf(collaborative, user);
	const {collaborativeId, name} = collaborative;
	return {
		collaborativeId,
		collaborative: name,
		organization: organization?.organization?.name ?? null,
		memberState,
		permission,
	};
}
