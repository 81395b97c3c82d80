import {sample} from '../time-series/series-client.ts';
import type {Cast, Relation} from './cast.ts';

const createFile = `mutation ($dataStoreId: ID!, $dataStoreDirectoryId: ID!, $name: String!) {
	file: storage_createDataStoreFile(
		dataStoreId: $dataStoreId, dataStoreDirectoryId: $dataStoreDirectoryId, name: $name, fileExtension: "txt"
	) {url uploadId itemId}
}`;
const share = `mutation ($collaborativeId: ID!, $serviceId: ID!, $serviceType: ServiceType!) {
	collaborative_addServiceToCollaborative(
		collaborativeId: $collaborativeId, serviceId: $serviceId, serviceType: $serviceType
	) {serviceId}
}`;
const unshare = share.replace('addServiceTo', 'removeServiceFrom');

export type ServiceType = 'DATA_STORE' | 'TIME_SERIES_DB';

export type Store = {
	readonly dataStoreId: string;
	readonly homeDirectoryId: string;
	readonly dataStoreDirectoryId: string;
	readonly dataStoreFileId: string;
	/** Of a file whose bytes have not come. */
	readonly uploadId: string;
	readonly uploadUrl: string;
};

/** What the owner shares with the collaborative. */
export function thingsOf(cast: Cast) {
	const {exchange, collaborativeId, sure} = cast;

	const beginUpload = async (
		relation: Relation,
		dataStoreId: string,
		dataStoreDirectoryId: string,
		name = 'upload',
	): Promise<{url: string; uploadId: string; itemId: string}> =>
		(await sure(relation, createFile, {dataStoreId, dataStoreDirectoryId, name})).file;

	const shareIt = async (serviceType: ServiceType, serviceId: string, into = collaborativeId) =>
		sure('owner', share, {collaborativeId: into, serviceId, serviceType});

	const unshareIt = async (serviceType: ServiceType, serviceId: string, from = collaborativeId) =>
		sure('owner', unshare, {collaborativeId: from, serviceId, serviceType});

	/** With a directory `d` that holds `a.txt`. */
	const newStore = async (name = 'Study'): Promise<Store> => {
		const {dataStoreId, homeDirectoryId} = await exchange.addStore(name, {d: {'a.txt': 'a'}});
		const {directory} = await exchange.ask(
			`query ($id: ID!) {directory: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {
				contents {dataStoreDirectory {dataStoreDirectoryId contents {dataStoreFile {dataStoreFileId}}}}
			}}`,
			{id: homeDirectoryId},
		);
		const {dataStoreDirectoryId, contents} = directory.contents[0].dataStoreDirectory;
		const {url, uploadId} = await beginUpload('owner', dataStoreId, homeDirectoryId);
		const {dataStoreFileId} = contents[0].dataStoreFile;
		return {
			dataStoreId,
			homeDirectoryId,
			dataStoreDirectoryId,
			dataStoreFileId,
			uploadId,
			uploadUrl: url,
		};
	};

	/** With three samples of `kW` of the asset `f1`. */
	const newDatabase = async (name = 'Feeders'): Promise<{timeSeriesDbId: string; databaseName: string}> => {
		const {database} = await exchange.ask(
			'mutation ($name: String!) {database: timeSeriesDb_createDatabase(name: $name) {timeSeriesDbId databaseName}}',
			{name},
		);
		const records = [1, 2, 3].map(value => sample('kW', value, Date.UTC(2026, 0, 1) + 1000 * value));
		await exchange.ask(
			`mutation ($id: ID!, $data: TimeSeriesDbDataInput!) {
				timeSeriesDb_publishToDatabase(timeSeriesDbId: $id, assetId: "f1", data: $data) {assetId}
			}`,
			{id: database.timeSeriesDbId, data: {records}},
		);
		return database;
	};

	const sharedStore = async () => {
		const store = await newStore();
		await shareIt('DATA_STORE', store.dataStoreId);
		return store;
	};

	const sharedDatabase = async () => {
		const database = await newDatabase();
		await shareIt('TIME_SERIES_DB', database.timeSeriesDbId);
		return database;
	};

	/** The id of a structured query that has been read to its end. */
	const finishedQuery = async (relation: Relation, timeSeriesDbId: string): Promise<string> => {
		const {query} = await sure(
			relation,
			`query ($id: ID!) {query: timeSeriesDb_queryDatabase(
				timeSeriesDbId: $id, queryType: TIME_PERIOD, assets: [{assetId: "f1"}],
				startTime: "2026-01-01", endTime: "2026-01-02"
			) {queryId}}`,
			{id: timeSeriesDbId},
		);
		return query.queryId;
	};

	return {
		beginUpload,
		shareIt,
		unshareIt,
		newStore,
		newDatabase,
		sharedStore,
		sharedDatabase,
		finishedQuery,
	};
}

export type Things = ReturnType<typeof thingsOf>;
