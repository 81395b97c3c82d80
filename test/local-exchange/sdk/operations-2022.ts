/**
 * What the Python SDK of 2022 (v0.0.24) sends, written from the contract: values pasted into the text, no
 * variables, `owner` selected, two levels of contents, `dataStoreId` beside the file's id.
 */
const user = 'userId firstName lastName email organization {organizationId name}';
const store = 'dataStoreId name description';
const file = `dataStoreFileId dataStoreId dataStoreDirectoryId name fileExtension description
	storageSizeBytes s3ConfirmedUpload lastModified contentType owner {${user}}`;
const directory = `dataStoreDirectoryId dataStoreId name homeDirectory parentDirectoryId owner {${user}}`;
const contents = (inner: string) =>
	`contents {objectType dataStoreFile {${file}} dataStoreDirectory {${directory} ${inner}}}`;
const timeSeriesDb = 'timeSeriesDbId name description ownerUserId';
const collaborative = `collaborativeId name description hostOrganizationId memberOrganizations {
	organization {organizationId name} memberState submittedByUser {${user}} submittedTimestamp
	accessApprovedByUserId usersInCollaborative {permission user {${user}}}
}`;
const service = `serviceId serviceType dataStore {${store}} timeSeriesDb {${timeSeriesDb}}`;

export const storage2022 = {
	session: () => `query {user_getUserSession {user {${user}}}}`,
	listStores: () => `query {storage_listDataStores {${store} homeDirectoryId}}`,
	getStore: (id: string) => `query {storage_getDataStore(dataStoreId: "${id}") {${store} homeDirectoryId}}`,
	getDirectory: (id: string) =>
		`query {storage_getDataStoreDirectory(dataStoreDirectoryId: "${id}") {${directory} ${contents(contents(''))}}}`,
	getFile: (id: string) => `query {storage_getDataStoreFile(dataStoreFileId: "${id}") {${file}}}`,
	downloadUrl: (storeId: string, id: string) =>
		`query {storage_getDataStoreFileDownloadUrl(dataStoreFileId: "${id}", dataStoreId: "${storeId}") {url}}`,
	createDirectory: (storeId: string, parent: string, name: string) =>
		`mutation {storage_createDataStoreDirectory(
			dataStoreId: "${storeId}", parentDirectoryId: "${parent}", name: "${name}"
		) {${directory}}}`,
	deleteDirectory: (id: string) =>
		`mutation {storage_deleteDataStoreDirectory(dataStoreDirectoryId: "${id}") {${directory}}}`,
	createFile: (storeId: string, parent: string, name: string, extension: string, description: string) =>
		`mutation {storage_createDataStoreFile(
			dataStoreId: "${storeId}", dataStoreDirectoryId: "${parent}",
			name: "${name}", fileExtension: "${extension}", description: "${description}"
		) {url uploadId itemId}}`,
	deleteFile: (id: string) => `mutation {storage_deleteDataStoreFile(dataStoreFileId: "${id}") {${file}}}`,
};

/** The time-series operations; a token that the SDK has not been given it leaves out. */
export const timeSeries2022 = {
	listDatabases: () => `query {timeSeriesDb_listDatabases {${timeSeriesDb}}}`,
	getDatabase: (id: string) => `query {timeSeriesDb_getDatabase(timeSeriesDbId: "${id}") {${timeSeriesDb}}}`,
	lastValues: (id: string, nextToken?: string) => `query {timeSeriesDb_listAllAssetLastValues(
		timeSeriesDbId: "${id}"${nextToken === undefined ? '' : `, nextToken: "${nextToken}"`}
	) {
		data {assetId name attributes {name attributeType lastValue lastValueTime data {timestamp value}}}
		queryProgressPercentage queryId clientToken nextToken resultChunkIndex
	}}`,
	queryDatabase: (
		id: string,
		assetId: string,
		attribute: string,
		page?: {nextToken: string; clientToken: string; queryString: string},
	) => `query {timeSeriesDb_queryDatabase(
		timeSeriesDbId: "${id}", queryType: TIME_PERIOD, startTime: "2022-01-01T00:00:00.000Z",
		endTime: "2022-01-02T00:00:00.000Z", assets: [{assetId: "${assetId}", attributeNamesFilter: ["${attribute}"]}]
		${page === undefined ? '' : `, nextToken: "${page.nextToken}", clientToken: "${page.clientToken}", queryString: ${JSON.stringify(page.queryString)}`}
	) {queryId clientToken nextToken queryString presignedUrl queryProgressPercentage resultChunkIndex}}`,
	sql: (id: string, queryString: string) => `query {timeSeriesDb_queryDatabaseWithTimestreamQuery(
		timeSeriesDbId: "${id}", queryString: ${JSON.stringify(queryString)}, maxRows: 10
	) {resultJSONString clientToken}}`,
	publish: (id: string, assetId: string, time: number, value: string) =>
		`mutation {timeSeriesDb_publishToDatabase(timeSeriesDbId: "${id}", assetId: "${assetId}", data: {records: [{
			Dimensions: [{Name: "name", Value: "Feeder 1", DimensionValueType: VARCHAR}], MeasureName: "kW",
			MeasureValue: "${value}", MeasureValueType: DOUBLE, Time: "${time}", TimeUnit: MILLISECONDS, Version: 1
		}]}) {assetId name attributes {name attributeType lastValue lastValueTime}}}`,
	generateExport: (id: string, queryId: string, format: string) =>
		`mutation {timeSeriesDb_generateQueryResultExportFile(
			timeSeriesDbId: "${id}", queryId: "${queryId}", fileFormat: ${format}
		) {queryId timeSeriesDbId fileFormat}}`,
	cancel: (id: string, queryId: string) => `mutation {timeSeriesDb_cancelDatabaseQuery(
		timeSeriesDbId: "${id}", queryId: "${queryId}"
	) {httpStatusCode errorMessage}}`,
	exportComplete: (
		queryId: string,
	) => `subscription {onNotifyTimeSeriesQueryExportComplete(queryId: "${queryId}") {
		queryId fileType fileSizeBytes url
	}}`,
	published: (id: string, assetId: string) => `subscription {
		onTimeSeriesDbPublish(timeSeriesDbId: "${id}", assetId: "${assetId}") {
			assetId name attributes {name attributeType lastValue lastValueTime}
		}
	}`,
};

/** Operations of services that the local exchange may or may not serve yet; they must validate. */
export const others2022: Readonly<Record<string, string>> = {
	listDatabases: timeSeries2022.listDatabases(),
	getDatabase: timeSeries2022.getDatabase('x'),
	lastValues: timeSeries2022.lastValues('x', 'n'),
	queryDatabase: timeSeries2022.queryDatabase('x', 'a', 'kW', {
		nextToken: 'n',
		clientToken: 'c',
		queryString: 's',
	}),
	sql: timeSeries2022.sql('x', 'SELECT 1'),
	publish: timeSeries2022.publish('x', 'a', 1, '1.5'),
	generateExport: timeSeries2022.generateExport('x', 'q', 'JSON'),
	cancel: timeSeries2022.cancel('x', 'q'),
	exportComplete: timeSeries2022.exportComplete('q'),
	published: timeSeries2022.published('x', 'a'),
	listCollaboratives: `query {collaborative_listCollaboratives {${collaborative}}}`,
	listServices: `query {collaborative_listCollaborativeServices(collaborativeId: "x") {${service}}}`,
	sharedWith: `query {collaborative_listCollaborativesServiceSharedWith(
		serviceId: "dataStoreId.x", serviceType: DATA_STORE
	) {${collaborative}}}`,
	share: `mutation {collaborative_addServiceToCollaborative(
		collaborativeId: "x", serviceId: "dataStoreId.x", serviceType: DATA_STORE
	) {${service}}}`,
	unshare: `mutation {collaborative_removeServiceFromCollaborative(
		collaborativeId: "x", serviceId: "timeSeriesDbId.x", serviceType: TIME_SERIES_DB
	) {${service}}}`,
};
