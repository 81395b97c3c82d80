import type {DataStore, User} from '../../src/shell/ports.ts';
import type {
	Collaborative,
	MemberOrganization,
	MemberState,
	Permission,
	Service,
} from '../../src/shell/sharing.ts';
import type {Known} from '../../src/ui/state/collaborative-rows.ts';

export function user(name: string, organization = 'Sample Utility'): User {
	const [firstName = '', lastName = ''] = name.split(' ');
	return {
		userId: `user.${name}`,
		firstName,
		lastName,
		email: `${firstName.toLowerCase()}@example.org`,
		organization: {organizationId: `org.${organization}`, name: organization},
	};
}

export const ada = user('Ada User');

export function organization(
	name: string | null,
	memberState: MemberState | null,
	people: Readonly<Record<string, Permission | null>> = {},
): MemberOrganization {
	return {
		organization: name === null ? null : {organizationId: `org.${name}`, name},
		memberState,
		usersInCollaborative: Object.entries(people).map(([person, permission]) => ({
			permission,
			user: person === '' ? null : user(person, name ?? ''),
		})),
	};
}

export function collaborative(name: string, ...members: readonly MemberOrganization[]): Collaborative {
	return {
		collaborativeId: `id.${name}`,
		name,
		description: null,
		hostOrganizationId: 'org.Sample Utility',
		memberOrganizations: members,
	};
}

export function store(name: string, owner: User | null = ada): Service {
	const ownerUserId = owner?.userId ?? null;
	const dataStore: DataStore = {
		dataStoreId: `store.${name}`,
		name,
		description: null,
		ownerUserId,
		homeDirectoryId: null,
	};
	return {
		serviceId: dataStore.dataStoreId,
		serviceType: 'DATA_STORE',
		name,
		ownerUserId,
		dataStore,
		timeSeriesDb: null,
	};
}

export function service(serviceType: string, name: string | null, owner: User | null = ada): Service {
	return {
		serviceId: `${serviceType}.${name}`,
		serviceType,
		name,
		ownerUserId: owner?.userId ?? null,
		dataStore: null,
		timeSeriesDb: null,
	};
}

export const pilot = collaborative(
	'Resilience pilot',
	organization('Vendor Ltd', 'PENDING_APPROVAL', {'Vic Vendor': 'READ_WRITE'}),
	organization('State University', 'APPROVED', {'Uma Student': 'READ_ONLY', 'Hal Reader': 'READ_WRITE'}),
	organization('Sample Utility', 'HOST_ORGANIZATION', {'Ada User': 'READ_WRITE', '': 'READ_ONLY'}),
	organization(null, 'APPROVED'),
);
export const forecast = collaborative(
	'Forecast exchange',
	organization('State University', 'HOST_ORGANIZATION', {'Uma Student': 'READ_WRITE'}),
	organization('Sample Utility', 'APPROVED', {'Ada User': 'READ_ONLY'}),
);
export const waiting = collaborative(
	'Storm desk',
	organization('Sample Utility', 'PENDING_APPROVAL', {'Ada User': 'READ_WRITE'}),
);
export const denied = collaborative('Trials', organization('Sample Utility', 'DENIED_ACCESS'));
export const empty = collaborative('Winter');

export const uma = user('Uma Student', 'State University');

export const shared: Readonly<Record<string, readonly Service[]>> = {
	'id.Resilience pilot': [
		store('Campus study'),
		service('TIME_SERIES_DB', 'Microgrid', uma),
		service('IOT_GROUP', null, null),
	],
	'id.Forecast exchange': [],
};

/** What the rows are made of, with what is shared in the first two collaboratives known. */
export const known: Known = {
	collaboratives: [pilot, waiting, empty, denied, forecast],
	user: ada,
	services: id => shared[id],
	person: id => [ada, uma].find(({userId}) => userId === id),
};
