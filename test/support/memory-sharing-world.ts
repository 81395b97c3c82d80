import {ShellError} from '../../src/shell/errors.ts';
import type {DataStore, User} from '../../src/shell/ports.ts';
import type {Collaborative, MemberState, Permission, Service, Share, Token} from '../../src/shell/sharing.ts';
import type {TimeSeriesDb} from '../../src/shell/time-series.ts';

export type MemoryCollaborative = {
	readonly name: string;
	readonly description?: string | null;
	/** An organization's name. Default: that of the user. */
	readonly host?: string;
	/** By name. People are `First Last`, the user is `Ada User` of `Sample Utility`. */
	readonly organizations?: Readonly<
		Record<
			string,
			{
				/** Default: `HOST_ORGANIZATION` for the host, else `APPROVED`. */
				readonly state?: MemberState | null;
				readonly people?: Readonly<Record<string, Permission | null>>;
			}
		>
	>;
	/** `store:NAME`, `db:NAME`, or a service of any other type. */
	readonly services?: readonly (string | Service)[];
};

export type MemorySharing = {
	readonly collaboratives?: readonly MemoryCollaborative[];
	/** Person by the name of a store or a database. Default: the user. */
	readonly owners?: Readonly<Record<string, string>>;
	/** Names of stores and databases that their own lists leave out. */
	readonly unlisted?: readonly string[];
	readonly tokens?: readonly Token[];
};

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** What the clients of one in-memory Exchange share of people, collaboratives and tokens. Ids count up. */
export function memorySharingWorld(
	given: MemorySharing | undefined,
	stores: DataStore[],
	databases: Map<string, TimeSeriesDb>,
) {
	const organizations = new Map<string, NonNullable<User['organization']>>();
	const people = new Map<string, User>();
	const collaboratives: Mutable<Collaborative>[] = [];
	const shares: Share[] = [];
	const others: Service[] = [];
	const tokens = [...(given?.tokens ?? [])];

	const organization = (name: string) => {
		const known = organizations.get(name) ?? {organizationId: `organization.${organizations.size + 1}`, name};
		organizations.set(name, known);
		return known;
	};
	const person = (name: string, employer?: string): User => {
		const known = people.get(name);
		if (known) return known;
		const [firstName = '', lastName = ''] = name.split(/ (.*)/s);
		const made: User = {
			userId: `user.${people.size + 1}`,
			firstName,
			lastName,
			email: `${firstName.toLowerCase()}@example.org`,
			organization: employer === undefined ? null : organization(employer),
		};
		people.set(name, made);
		return made;
	};
	const user = person('Ada User', 'Sample Utility');

	for (const [at, {name, description, host = 'Sample Utility', ...rest}] of (
		given?.collaboratives ?? []
	).entries()) {
		const collaborativeId = `collaborativeId.${at + 1}`;
		collaboratives.push({
			collaborativeId,
			name,
			description: description ?? null,
			hostOrganizationId: organization(host).organizationId,
			memberOrganizations: Object.entries(rest.organizations ?? {}).map(([member, {state, people = {}}]) => ({
				organization: organization(member),
				memberState: state === undefined ? (member === host ? 'HOST_ORGANIZATION' : 'APPROVED') : state,
				usersInCollaborative: Object.entries(people).map(([who, permission]) => ({
					permission,
					user: person(who, member),
				})),
			})),
		});
	}
	for (const [name, owner] of Object.entries(given?.owners ?? {})) {
		const ownerUserId = person(owner).userId;
		for (const [at, store] of stores.entries()) if (store.name === name) stores[at] = {...store, ownerUserId};
		for (const [id, row] of databases) if (row.name === name) databases.set(id, {...row, ownerUserId});
	}

	const serviceOf = ({serviceId, serviceType}: Pick<Share, 'serviceId' | 'serviceType'>): Service => {
		const dataStore =
			serviceType === 'DATA_STORE' ? (stores.find(row => row.dataStoreId === serviceId) ?? null) : null;
		const timeSeriesDb = serviceType === 'TIME_SERIES_DB' ? (databases.get(serviceId) ?? null) : null;
		const thing = dataStore ?? timeSeriesDb;
		const other = others.find(row => row.serviceId === serviceId && row.serviceType === serviceType);
		if (thing === null && !other) throw new ShellError('not-found', `${serviceId}: no such service`);
		return (
			other ?? {
				serviceId,
				serviceType,
				name: thing!.name,
				ownerUserId: thing!.ownerUserId,
				dataStore,
				timeSeriesDb,
			}
		);
	};
	/** The service that `store:NAME` or `db:NAME` stands for. */
	const service = (word: string): Service => {
		const name = word.replace(/^\w+:/, '');
		if (word.startsWith('store:')) {
			const {dataStoreId} = stores.find(row => row.name === name)!;
			return serviceOf({serviceId: dataStoreId, serviceType: 'DATA_STORE'});
		}
		const {timeSeriesDbId} = databases.values().find(row => row.name === name)!;
		return serviceOf({serviceId: timeSeriesDbId, serviceType: 'TIME_SERIES_DB'});
	};
	const isSame = (share: Share) => (other: Share) =>
		other.collaborativeId === share.collaborativeId &&
		other.serviceId === share.serviceId &&
		other.serviceType === share.serviceType;
	const add = (share: Share) => {
		if (!shares.some(isSame(share))) shares.push(share);
	};
	const remove = (share: Share) => {
		const at = shares.findIndex(isSame(share));
		if (at !== -1) shares.splice(at, 1);
	};
	for (const [at, {services = []}] of (given?.collaboratives ?? []).entries()) {
		for (const each of services) {
			if (typeof each !== 'string') others.push(each);
			const {serviceId, serviceType} = typeof each === 'string' ? service(each) : each;
			add({collaborativeId: `collaborativeId.${at + 1}`, serviceId, serviceType});
		}
	}
	const collaborative = (name: string) => collaboratives.find(row => row.name === name)!;
	return {
		user,
		collaboratives,
		tokens,
		isListed: (name: string) => !given?.unlisted?.includes(name),
		person: (name: string) => people.get(name)!,
		collaborative,
		service,
		serviceOf,
		shares,
		add,
		remove,
		/** Throws `denied` unless the user is in the collaborative and its organization approved. */
		demandMember: (collaborativeId: string): Collaborative => {
			const found = collaboratives.find(row => row.collaborativeId === collaborativeId);
			const isMember = found?.memberOrganizations.some(
				({memberState, usersInCollaborative}) =>
					(memberState === 'APPROVED' || memberState === 'HOST_ORGANIZATION') &&
					usersInCollaborative.some(member => member.user?.userId === user.userId),
			);
			if (!found || !isMember) throw new ShellError('denied', `${collaborativeId}: not permitted`);
			return found;
		},
		/** Another state of an organization, as its host would set it. */
		setState: (name: string, member: string, memberState: MemberState | null) => {
			const row = collaborative(name);
			row.memberOrganizations = row.memberOrganizations.map(each =>
				each.organization?.name === member ? {...each, memberState} : each,
			);
		},
		/** Another permission of a person; undefined removes them. */
		setPermission: (name: string, who: string, permission: Permission | null | undefined) => {
			const {userId} = people.get(who)!;
			const row = collaborative(name);
			row.memberOrganizations = row.memberOrganizations.map(each => ({
				...each,
				usersInCollaborative: each.usersInCollaborative.flatMap(member => {
					if (member.user?.userId !== userId) return [member];
					return permission === undefined ? [] : [{...member, permission}];
				}),
			}));
		},
	};
}

export type MemorySharingWorld = ReturnType<typeof memorySharingWorld>;
