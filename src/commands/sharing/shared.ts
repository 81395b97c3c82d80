import {audienceOf} from '../../shell/audience.ts';
import {type Column, type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import {tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import {listedServices, resolveService} from '../../shell/services.ts';
import type {Collaborative, Service} from '../../shell/sharing.ts';
import {readSharedWith} from '../shared/audiences.ts';
import {demandOwner} from './change.ts';
import {serviceLabel, serviceRow} from './service-rows.ts';

const columns: readonly Column[] = [
	{field: 'mark', as: 'text', header: '', screenOnly: true},
	{field: 'called', as: 'name', header: 'service', whole: true},
	{field: 'type', as: 'text', header: 'type'},
	{field: 'collaborative', as: 'maybe', header: 'shared with'},
	{field: 'organizations', as: 'count', header: 'orgs'},
	{field: 'people', as: 'count', header: 'people'},
	{field: 'writers', as: 'count', header: 'may write'},
];

/** With whom one's own things are shared, a row for each collaborative. */
export const shared = defineCommand({
	name: 'shared',
	group: 'Sharing',
	summary: 'Show with whom your things are shared',
	description:
		'The organizations and people besides you are counted that see it now, those of the host and of approved members, where you may know who is in it.',
	args: {
		service: {
			kind: 'service',
			own: 'any',
			optional: true,
			help: 'Default: all data stores and databases of yours',
		},
	},
	examples: ['shared', "shared 'Wind park'"],
	async *run(context, {service: word}) {
		const {exchange, signal, interactive} = context;
		const user = await exchange.user({signal});
		let services: readonly Service[];
		if (word === undefined) {
			const listed = await listedServices(context, {maxAge: 0});
			services = listed
				.filter(({ownerUserId}) => ownerUserId === user.userId)
				.toSorted((a, b) => compareNames(serviceLabel(a), serviceLabel(b)));
		} else {
			const named = await resolveService(context, word, {own: true});
			demandOwner(named, user, await exchange.sharing.listCollaboratives({signal}));
			services = [named];
		}
		const lists = yield* readSharedWith(context, services);
		yield* rows(context, user, services, lists);
		if (services.length === 0 && interactive)
			yield {kind: 'note', text: 'you own no data store and no database'};
	},
});

function* rows(
	context: Context,
	user: User,
	services: readonly Service[],
	lists: readonly (readonly Collaborative[] | undefined)[],
): Generator<Output> {
	const {interactive} = context;
	const records = services.flatMap((service, index): Row[] => {
		const row = serviceRow(context, service, new Map());
		const list = lists[index];
		if (!list || list.length === 0) {
			const alone = list && interactive ? 'nobody' : null;
			return [
				{
					...row,
					collaborativeId: null,
					collaborative: alone,
					...(list && audienceOf([], service.ownerUserId)),
				},
			];
		}
		return list.map(collaborative => ({
			...row,
			collaborativeId: collaborative.collaborativeId,
			collaborative: collaborative.name,
			...(tellsMembers(collaborative, user) && audienceOf([collaborative], service.ownerUserId)),
		}));
	});
	yield {kind: 'records', records, columns, layout: 'table', headers: interactive && records.length > 0};
}
