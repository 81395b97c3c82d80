import type {Collaborative, Service} from '../../src/shell/sharing.ts';
import type {Asked, Reply} from './fake-exchange.ts';

// Rows as an Exchange answers them, and what the shell makes of them.

const utility = {organizationId: 'o.utility', name: 'Utility'};
const ada = {
	userId: 'u.ada',
	firstName: 'Ada',
	lastName: 'Reed',
	email: 'ada@utility.example',
	organization: utility,
};

export const collaborative = (name: string): Collaborative => ({
	collaborativeId: `collaborativeId.${name}`,
	name,
	description: null,
	hostOrganizationId: 'o.utility',
	memberOrganizations: [
		{
			organization: utility,
			memberState: 'HOST_ORGANIZATION',
			usersInCollaborative: [{permission: 'READ_WRITE', user: ada}],
		},
	],
});

export const collaborativeRow = (name: string) => ({
	__typename: 'Collaborative',
	...collaborative(name),
	memberOrganizations: [
		{
			__typename: 'CollaborativeMemberOrganization',
			organization: {__typename: 'Organization', ...utility},
			memberState: 'HOST_ORGANIZATION',
			usersInCollaborative: [
				{
					__typename: 'CollaborativeMemberUser',
					permission: 'READ_WRITE',
					user: {__typename: 'User', ...ada, organization: {__typename: 'Organization', ...utility}},
				},
			],
		},
	],
});

export const store = (name: string) => ({
	dataStoreId: `dataStoreId.${name}`,
	name,
	description: null,
	ownerUserId: 'u.ada',
	homeDirectoryId: `dataStoreDirectoryId.${name}`,
});

export const storeRow = (name: string) => ({__typename: 'DataStore', ...store(name)});

export const database = (name: string) => ({
	timeSeriesDbId: `timeSeriesDbId.${name}`,
	name,
	description: null,
	ownerUserId: 'u.ada',
	databaseName: `db_${name}`,
	tableName: 'series',
});

const nothing = {dataStore: null, timeSeriesDb: null};

export const storeService = (name: string): Service => ({
	serviceId: `dataStoreId.${name}`,
	serviceType: 'DATA_STORE',
	name,
	ownerUserId: 'u.ada',
	...nothing,
	dataStore: store(name),
});

/** A service's row with all its objects null, but for those `given`. */
export const serviceRow = (serviceType: string, serviceId: string, given: object = {}) => ({
	__typename: 'Service',
	serviceId,
	serviceType,
	...nothing,
	iotEndpointGroup: null,
	dataCapture: null,
	...given,
});

export const storeServiceRow = (name: string) =>
	serviceRow('DATA_STORE', `dataStoreId.${name}`, {dataStore: storeRow(name)});

export const data = (root: object): Reply => ({body: {data: root}});

export const collaboratives = (...rows: unknown[]): Reply => data({collaborative_listCollaboratives: rows});

export const services = (...rows: unknown[]): Reply => data({collaborative_listCollaborativeServices: rows});

export const sharedWith = (...rows: unknown[]): Reply =>
	data({collaborative_listCollaborativesServiceSharedWith: rows});

/** Of a mutation that does what it is asked. */
export const shared = ({variables}: Asked): Reply =>
	data({
		collaborative_addServiceToCollaborative: storeServiceRow(
			String(variables.serviceId).replace('dataStoreId.', ''),
		),
	});

export const unshared = ({variables: {serviceId, serviceType}}: Asked): Reply =>
	data({
		collaborative_removeServiceFromCollaborative: {__typename: 'Service', serviceId, serviceType},
	});

export const refused = (message = 'Unauthorized', path: readonly (string | number)[] = []): Reply => ({
	body: {data: null, errors: [{path, errorType: null, message}]},
});

/** As AppSync says that it has no such field. */
export const undefinedField = (field: string, type: string): Reply => ({
	body: {
		data: null,
		errors: [
			{
				path: null,
				message: `Validation error of type FieldUndefined: Field '${field}' in type '${type}' is undefined`,
			},
		],
	},
});
