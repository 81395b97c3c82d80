import {peopleIn, resolveCollaborative} from '../../shell/collaboratives.ts';
import {type Column, type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import {tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import {readServices} from '../../shell/shared-services.ts';
import type {Collaborative, MemberOrganization, Service} from '../../shell/sharing.ts';
import {personName, stateMark} from '../../shell/sharing-words.ts';
import {collaborativeRow, countPeople, inWords} from './collaborative-rows.ts';
import {serviceLabel, serviceRow} from './service-rows.ts';
import {notReadable} from './unreadable.ts';

const aboutColumns: readonly Column[] = [
	{field: 'name', as: 'text', header: 'name'},
	{field: 'description', as: 'maybe', header: 'description'},
	{field: 'hostOrganization', as: 'maybe', header: 'host'},
	{field: 'state', as: 'maybe', header: 'state'},
	{field: 'may', as: 'maybe', header: 'may'},
	{field: 'collaborativeId', as: 'text', header: 'id'},
];
const mark: Column = {field: 'mark', as: 'text', header: '', screenOnly: true};
const organizationColumns: readonly Column[] = [
	mark,
	{field: 'organization', as: 'maybe', header: 'organization'},
	{field: 'state', as: 'maybe', header: 'state'},
	{field: 'people', as: 'count', header: 'people'},
];
const peopleColumns: readonly Column[] = [
	{field: 'person', as: 'maybe', header: 'person'},
	{field: 'organization', as: 'maybe', header: 'organization'},
	{field: 'may', as: 'maybe', header: 'may'},
	{field: 'email', as: 'maybe', header: 'email'},
];
const serviceColumns: readonly Column[] = [
	mark,
	{field: 'called', as: 'name', header: 'service', whole: true},
	{field: 'type', as: 'text', header: 'type'},
	{field: 'owner', as: 'maybe', header: 'owner'},
];

/** All of it in one table, as a file of CSV has but one header. */
const csvColumns: readonly Column[] = [
	{field: 'what', as: 'text'},
	{field: 'called', as: 'text'},
	{field: 'organization', as: 'text'},
	{field: 'state', as: 'text'},
	{field: 'may', as: 'text'},
	{field: 'people', as: 'count'},
	{field: 'email', as: 'text'},
	{field: 'type', as: 'text'},
	{field: 'owner', as: 'text'},
	{field: 'id', as: 'text'},
];

/** One collaborative: what it is, who is in it, what is shared in it. */
export const collaborative = defineCommand({
	name: 'collaborative',
	group: 'Sharing',
	summary: 'Show who is in a collaborative and what is shared in it',
	description:
		'Only people of the host (◆) and of approved organizations (✓) see what is shared; those of pending (…) and denied (✗) ones see nothing.',
	args: {
		name: {kind: 'collaborative', help: 'Name or id of the collaborative'},
	},
	examples: ["collaborative 'Resilience pilot'", "collaborative 'Resilience pilot' --json"],
	async *run(context, {name}) {
		const {exchange, signal, format} = context;
		const [user, found] = await Promise.all([
			exchange.user({signal}),
			resolveCollaborative(context, name, {maxAge: 0}),
		]);
		const services = await readServices(context, found, user, {maxAge: 0});
		const about = collaborativeRow(found, user, services?.length ?? null);
		if (format === 'json') {
			const shared = services ? serviceRows(context, services, found, user) : null;
			yield {kind: 'records', records: [{...about, shared}], columns: aboutColumns, layout: 'fields'};
			return;
		}
		const isTold = tellsMembers(found, user);
		const {memberOrganizations: members} = found;
		const organizations = members.map(member => organizationRow(context, member));
		const people = members.flatMap(member => peopleRows(context, member));
		if (format === 'csv') {
			const {name: called, collaborativeId: id, hostOrganization: organization} = about;
			const shared = services ? serviceRows(context, services, found, user) : [];
			const records = [
				{...inWords(context, about), what: 'collaborative', called, organization, id},
				...organizations.map(row => ({
					...row,
					what: 'organization',
					called: row.organization,
					id: row.organizationId,
				})),
				...people.map(row => ({...row, what: 'person', called: row.person, id: row.userId})),
				...shared.map(row => ({...row, what: 'service', id: row.serviceId})),
			];
			yield {kind: 'records', records, columns: csvColumns, layout: 'table'};
			if (!services) yield {kind: 'note', text: notReadable(found, user)};
			return;
		}
		yield {
			kind: 'records',
			records: [inWords(context, about)],
			columns: aboutColumns,
			layout: 'fields',
		};
		yield section('Organizations', context, {
			records: organizations,
			columns: organizationColumns,
			none: isTold ? 'no member organizations' : 'its organizations are not shown',
		});
		yield section('People', context, {
			records: people,
			columns: peopleColumns,
			none: isTold ? 'nobody' : 'its people are not shown',
		});
		if (!services) {
			yield {kind: 'note', text: notReadable(found, user)};
			return;
		}
		yield section('Shared', context, {
			records: serviceRows(context, services, found, user),
			columns: serviceColumns,
			none: 'nothing is shared in it',
		});
	},
});

function section(
	title: string,
	{interactive}: Context,
	{
		records,
		columns,
		none,
	}: {readonly records: readonly Row[]; readonly columns: readonly Column[]; readonly none: string},
): Output {
	if (records.length === 0) return {kind: 'note', text: none};
	return {kind: 'records', records, columns, layout: 'table', ...(interactive && {title, apart: true})};
}

function organizationRow(context: Context, member: MemberOrganization): Row {
	const {organization, memberState} = member;
	return inWords(context, {
		...organization,
		organization: organization?.name ?? null,
		memberState,
		mark: stateMark(memberState),
		people: countPeople([member]),
	});
}

function peopleRows(
	context: Context,
	{organization, memberState, usersInCollaborative}: MemberOrganization,
): readonly Row[] {
	return usersInCollaborative
		.map(({user, permission}) => ({
			...user,
			person: user && personName(user),
			organization: organization?.name ?? null,
			email: user?.email ?? null,
			memberState,
			permission,
		}))
		.toSorted((a, b) => compareNames(a.person ?? '', b.person ?? ''))
		.map(row => inWords(context, row));
}

function serviceRows(
	context: Context,
	services: readonly Service[],
	found: Collaborative,
	user: User,
): readonly Row[] {
	const people = peopleIn([found], user);
	return services
		.map(service => serviceRow(context, service, people))
		.toSorted((a, b) => compareNames(serviceLabel(a), serviceLabel(b)));
}
