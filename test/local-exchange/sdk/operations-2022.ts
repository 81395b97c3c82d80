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

/** Operations of services that the local exchange may or may not serve yet; they must validate. */
export const others2022: Readonly<Record<string, string>> = {
	listDatabases: `query {timeSeriesDb_listDatabases {${timeSeriesDb}}}`,
	getDatabase: `query {timeSeriesDb_getDatabase(timeSeriesDbId: "x") {${timeSeriesDb}}}`,
	lastValues: `query {timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: "x", clientToken: "c", nextToken: "n") {
		data {assetId name attributes {name attributeType lastValue lastValueTime data {timestamp value}}}
		queryProgressPercentage queryId clientToken nextToken resultChunkIndex
	}}`,
	queryDatabase: `query {timeSeriesDb_queryDatabase(
		timeSeriesDbId: "x", queryType: TIME_PERIOD, startTime: "2022-01-01T00:00:00.000Z",
		endTime: "2022-01-02T00:00:00.000Z", assets: [{assetId: "a", attributeNamesFilter: ["kW"]}]
	) {queryId clientToken nextToken queryString presignedUrl queryProgressPercentage resultChunkIndex}}`,
	sql: `query {timeSeriesDb_queryDatabaseWithTimestreamQuery(
		timeSeriesDbId: "x", queryString: "SELECT 1", maxRows: 10
	) {resultJSONString clientToken}}`,
	publish: `mutation {timeSeriesDb_publishToDatabase(timeSeriesDbId: "x", assetId: "a", data: {records: [{
		Dimensions: [{Name: "name", Value: "Feeder 1", DimensionValueType: VARCHAR}], MeasureName: "kW",
		MeasureValue: "1.5", MeasureValueType: DOUBLE, Time: "1", TimeUnit: MILLISECONDS, Version: 1
	}]}) {assetId name attributes {name attributeType lastValue lastValueTime}}}`,
	generateExport: `mutation {timeSeriesDb_generateQueryResultExportFile(
		timeSeriesDbId: "x", queryId: "q", fileFormat: JSON
	) {queryId timeSeriesDbId fileFormat}}`,
	cancel:
		'mutation {timeSeriesDb_cancelDatabaseQuery(timeSeriesDbId: "x", queryId: "q") {httpStatusCode errorMessage}}',
	exportComplete: `subscription {onNotifyTimeSeriesQueryExportComplete(queryId: "q") {
		queryId fileType fileSizeBytes url
	}}`,
	published: `subscription {onTimeSeriesDbPublish(timeSeriesDbId: "x", assetId: "a") {
		assetId name attributes {name attributeType lastValue lastValueTime}
	}}`,
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
