import {sample} from '../time-series/series-client.ts';
import type {Cast, Relation} from './cast.ts';
import type {Things} from './things.ts';

/** Who may do what: what the access rules say, in the words of the API. */
export const rules = {
	/** Whoever has a token, for something of their own. */
	anyone: ['owner', 'writer', 'reader', 'colleague', 'pending', 'denied', 'stranger'],
	/** The collaborative itself, as far as one's own organization has to do with it. */
	membership: ['owner', 'writer', 'reader', 'colleague', 'pending', 'denied'],
	/** What is shared, and the collaborative from inside. */
	read: ['owner', 'writer', 'reader'],
	write: ['owner', 'writer'],
	own: ['owner'],
	/** Answers `NotImplemented`, whoever asks. */
	notServed: [],
} as const satisfies Record<string, readonly Relation[]>;

export type Rule = keyof typeof rules;

type World = {readonly cast: Cast; readonly things: Things};

export type Row = {
	readonly rule: Rule;
	/** Makes the thing that the operation is about, and the arguments that name it. */
	readonly variables?: (world: World, relation: Relation) => Promise<object>;
	/** Of an operation that anyone may call: who finds the thing in its answer. Answers with the thing's id. */
	readonly shows?: {readonly rule: Rule; readonly id: (world: World) => Promise<string>};
};

const store: Row['variables'] = ({things}) => things.sharedStore();
const database: Row['variables'] = ({things}) => things.sharedDatabase();
const collaborative: Row['variables'] = async ({cast}) => ({collaborativeId: cast.collaborativeId});
const service: Row['variables'] = async ({cast, things}) => ({
	collaborativeId: cast.collaborativeId,
	serviceId: (await things.sharedStore()).dataStoreId,
	serviceType: 'DATA_STORE',
});
/** Of one's own where one may read, else of the owner's. */
const queried: Row['variables'] = async ({things}, relation) => {
	const {timeSeriesDbId} = await things.sharedDatabase();
	const mayRead = (rules.read as readonly Relation[]).includes(relation);
	return {
		timeSeriesDbId,
		queryId: await things.finishedQuery(mayRead ? relation : 'owner', timeSeriesDbId),
	};
};
const ownersToken = async ({cast}: World): Promise<{tokenId: string}> => {
	const create =
		'mutation {token: user_createAuthenticationToken(name: "x", daysBeforeExpiration: 1) {tokenId}}';
	return (await cast.sure('owner', create)).token;
};
const notServed: Row = {rule: 'notServed'};

/** A row for every operation of the API. */
export const rows: Readonly<Record<string, Row>> = {
	user_getUserSession: {rule: 'anyone'},
	user_listAuthenticationTokens: {
		rule: 'anyone',
		shows: {rule: 'own', id: async world => (await ownersToken(world)).tokenId},
	},
	user_createAuthenticationToken: {
		rule: 'anyone',
		variables: async () => ({name: 'notebook', daysBeforeExpiration: 1}),
	},
	user_deleteAuthenticationToken: {rule: 'own', variables: ownersToken},

	storage_listDataStores: {
		rule: 'anyone',
		shows: {rule: 'read', id: async ({things}) => (await things.sharedStore()).dataStoreId},
	},
	storage_getDataStore: {rule: 'read', variables: store},
	storage_getDataStoreDirectory: {rule: 'read', variables: store},
	storage_getDataStoreFile: {rule: 'read', variables: store},
	storage_getDataStoreFileDownloadUrl: {rule: 'read', variables: store},
	storage_getDataStoreZipDownloadUrl: {
		rule: 'read',
		variables: async ({things}) => {
			const {dataStoreDirectoryId, dataStoreFileId} = await things.sharedStore();
			return {
				dataStoreObjectIds: [
					{objectType: 'FILE', dataStoreFileId},
					{objectType: 'DIRECTORY', dataStoreDirectoryId},
				],
			};
		},
	},
	storage_createDataStore: {rule: 'anyone', variables: async () => ({name: 'Mine'})},
	storage_updateDataStore: {
		rule: 'own',
		variables: async world => ({...(await store(world, 'owner')), name: 'Other'}),
	},
	storage_deleteDataStore: {rule: 'own', variables: store},
	storage_createDataStoreDirectory: {
		rule: 'write',
		variables: async ({things}) => {
			const {dataStoreId, homeDirectoryId} = await things.sharedStore();
			return {dataStoreId, parentDirectoryId: homeDirectoryId, name: 'results'};
		},
	},
	storage_updateDataStoreDirectory: {
		rule: 'write',
		variables: async ({things}) => {
			const {dataStoreDirectoryId, homeDirectoryId} = await things.sharedStore();
			return {dataStoreDirectoryId, parentDirectoryId: homeDirectoryId, name: 'other'};
		},
	},
	storage_deleteDataStoreDirectory: {rule: 'write', variables: store},
	storage_createDataStoreFile: {
		rule: 'write',
		variables: async world => ({...(await store(world, 'owner')), name: 'b', fileExtension: 'txt'}),
	},
	storage_updateDataStoreFile: {
		rule: 'write',
		variables: async ({things}) => {
			const {dataStoreFileId, homeDirectoryId} = await things.sharedStore();
			return {dataStoreFileId, dataStoreDirectoryId: homeDirectoryId, name: 'other'};
		},
	},
	storage_deleteDataStoreFile: {rule: 'write', variables: store},

	timeSeriesDb_listDatabases: {
		rule: 'anyone',
		shows: {rule: 'read', id: async ({things}) => (await things.sharedDatabase()).timeSeriesDbId},
	},
	timeSeriesDb_getDatabase: {rule: 'read', variables: database},
	timeSeriesDb_listAllAssetLastValues: {rule: 'read', variables: database},
	timeSeriesDb_queryDatabase: {
		rule: 'read',
		variables: async world => ({
			...(await database(world, 'owner')),
			queryType: 'TIME_PERIOD',
			assets: [{assetId: 'f1'}],
			startTime: '2026-01-01',
			endTime: '2026-01-02',
		}),
	},
	timeSeriesDb_queryDatabaseWithTimestreamQuery: {
		rule: 'read',
		variables: async ({things}) => {
			const {timeSeriesDbId, databaseName} = await things.sharedDatabase();
			return {timeSeriesDbId, queryString: `SELECT * FROM "${databaseName}"."samples"`};
		},
	},
	timeSeriesDb_createDatabase: {rule: 'anyone', variables: async () => ({name: 'Mine'})},
	timeSeriesDb_updateDatabase: {
		rule: 'own',
		variables: async world => ({...(await database(world, 'owner')), name: 'Other'}),
	},
	timeSeriesDb_deleteDatabase: {rule: 'own', variables: database},
	timeSeriesDb_publishToDatabase: {
		rule: 'write',
		variables: async world => ({
			...(await database(world, 'owner')),
			assetId: 'f2',
			data: {records: [sample('kW', 1, Date.UTC(2026, 0, 1))]},
		}),
	},
	timeSeriesDb_generateQueryResultExportFile: {rule: 'read', variables: queried},
	timeSeriesDb_cancelDatabaseQuery: {rule: 'read', variables: queried},

	collaborative_listCollaboratives: {
		rule: 'anyone',
		shows: {rule: 'membership', id: async ({cast}) => cast.collaborativeId},
	},
	collaborative_getCollaborative: {rule: 'membership', variables: collaborative},
	collaborative_listCollaborativeServices: {rule: 'read', variables: collaborative},
	collaborative_listCollaborativesServiceSharedWith: {rule: 'own', variables: service},
	collaborative_addServiceToCollaborative: {rule: 'own', variables: service},
	collaborative_removeServiceFromCollaborative: {rule: 'own', variables: service},

	onNotifyUploadComplete: {rule: 'read', variables: store},
	onTimeSeriesDbPublish: {
		rule: 'read',
		variables: async world => ({...(await database(world, 'owner')), assetId: 'f1'}),
	},
	onNotifyTimeSeriesQueryExportComplete: {rule: 'read', variables: queried},

	iot_listHubs: notServed,
	iot_getHub: notServed,
	iot_listEndpointsInHub: notServed,
	iot_getEndpoint: notServed,
	iot_listGroups: notServed,
	iot_getGroup: notServed,
	iot_listModels: notServed,
	iot_getModel: notServed,
	iot_listHubsEndpointsLastValues: notServed,
	iot_listGroupsEndpointsLastValues: notServed,
	iot_listEndpointLastValues: notServed,
	iot_queryByTimeRange: notServed,
	iot_publish: notServed,
	iot_updateEndpointProperties: notServed,
	iot_generateQueryResultExport: notServed,
	iot_cancelQuery: notServed,
	onIotPublish: notServed,
	onNotifyIotQueryExportComplete: notServed,
};
