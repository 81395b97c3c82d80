import {peopleIn, resolveCollaborative} from '../../shell/collaboratives.ts';
import {type Column, defineCommand} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import {readAllServices} from './read-services.ts';
import {serviceLabel, serviceRow} from './service-rows.ts';
import {unreadable} from './unreadable.ts';

const columns: readonly Column[] = [
	{field: 'mark', as: 'text', header: '', screenOnly: true},
	{field: 'called', as: 'name', header: 'service', whole: true},
	{field: 'type', as: 'text', header: 'type'},
	{field: 'owner', as: 'maybe', header: 'owner'},
	{field: 'collaborative', as: 'name', header: 'collaborative'},
];
const longColumns: readonly Column[] = [
	...columns.slice(1),
	{field: 'serviceId', as: 'text', header: 'id'},
	{field: 'ownerUserId', as: 'maybe', header: 'owner id'},
	{field: 'collaborativeId', as: 'text', header: 'collaborative id'},
];

/** Everything shared that one may see, of types known or not, a row for each collaborative that it is in. */
export const services = defineCommand({
	name: 'services',
	group: 'Sharing',
	summary: 'List what is shared with you, of every type',
	description:
		'A shared data store opens with `use NAME`, a shared database with `db NAME`, whoever owns it. Something in several collaboratives is listed for each.',
	args: {
		collaborative: {kind: 'collaborative', optional: true, help: 'Only of this one; default: all'},
		long: {kind: 'flag', short: 'l', help: 'With ids'},
	},
	examples: ['services', "services 'Resilience pilot'", 'services -l'],
	async *run(context, {collaborative: word, long}) {
		const {exchange, signal, interactive} = context;
		const [user, all, named] = await Promise.all([
			exchange.user({signal}),
			exchange.sharing.listCollaboratives({signal, maxAge: 0}),
			word === undefined ? undefined : resolveCollaborative(context, word),
		]);
		const asked = named
			? [all.find(({collaborativeId}) => collaborativeId === named.collaborativeId) ?? named]
			: all;
		const lists = yield* readAllServices(context, asked, user);
		if (named && lists[0] === undefined) {
			// What was shown of it may be older than what has changed.
			throw unreadable(await resolveCollaborative(context, `id:${named.collaborativeId}`, {maxAge: 0}), user);
		}
		const people = peopleIn(all, user);
		const records = lists.flatMap((list, index) => {
			const {name, collaborativeId} = asked[index]!;
			return (list ?? []).map(service => ({
				...serviceRow(context, service, people),
				collaborative: name,
				collaborativeId,
			}));
		});
		if (records.length === 0 && interactive) {
			yield {
				kind: 'note',
				text: word === undefined ? 'nothing is shared with you' : 'nothing is shared in it',
			};
		}
		const hidden = asked.filter((_, index) => lists[index] === undefined).map(({name}) => name);
		yield {
			kind: 'records',
			records: records.toSorted(
				(a, b) =>
					compareNames(serviceLabel(a), serviceLabel(b)) || compareNames(a.collaborative, b.collaborative),
			),
			columns: long ? longColumns : columns,
			// An id is of use only when it is whole, which a row on a screen has no room for.
			layout: long && interactive ? 'fields' : 'table',
			headers: interactive && records.length > 0,
		};
		if (hidden.length > 0 && interactive) {
			yield {kind: 'note', text: `what is shared in ${hidden.join(', ')} cannot be seen`};
		}
	},
});
