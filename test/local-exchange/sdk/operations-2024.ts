/**
 * What the Python SDK of 2024 (v1.1.0) sends, written from the contract: `ownerUserId` in place of `owner`, the
 * file's id alone, IoT in place of time series.
 */
const store = 'dataStoreId name description ownerUserId homeDirectoryId';
const file = `dataStoreFileId dataStoreId dataStoreDirectoryId name fileExtension description
	storageSizeBytes s3ConfirmedUpload lastModified contentType ownerUserId`;
const directory = 'dataStoreDirectoryId dataStoreId name homeDirectory parentDirectoryId ownerUserId';
const contents = (inner: string) =>
	`contents {objectType dataStoreFile {${file}} dataStoreDirectory {${directory} ${inner}}}`;
const model = 'name description schemaType attributeType index';
const endpoint = `iotEndpointId iotHubId modelId name description ownerUserId
	properties {name description schemaType attributeType value defaultValue timestamp writable}
	telemetry {${model}}`;
const group = `iotGroupId iotHubId name description ownerUserId iotEndpointIds endpoints {${endpoint}}`;
const hub = 'iotHubId name description ownerUserId';
const lastValues = `data {iotEndpointId telemetryValues {telemetryModel {${model}} timestamp value}}
	clientToken nextToken queryId presignedUrl resultStoredInS3 resultChunkIndex`;
const record = 'iotEndpointId timestamp attributes {name schemaType value}';
const digitalTwin = `modelId dtmi displayName description ownerUserId
	properties {name description schemaType attributeType defaultValue writable index} telemetry {${model}}`;
const service = `serviceId serviceType dataStore {${store}} iotEndpointGroup {${group}}`;
const collaborative = `collaborativeId name description hostOrganizationId memberOrganizations {
	organization {organizationId name} memberState usersInCollaborative {permission user {userId firstName lastName}}
}`;

export const storage2024 = {
	session: () =>
		'query {user_getUserSession {user {userId firstName lastName email organization {organizationId name}}}}',
	listStores: () => `query {storage_listDataStores {${store}}}`,
	getStore: (id: string) => `query {storage_getDataStore(dataStoreId: "${id}") {${store}}}`,
	getDirectory: (id: string) =>
		`query {storage_getDataStoreDirectory(dataStoreDirectoryId: "${id}") {${directory} ${contents(contents(''))}}}`,
	getFile: (id: string) => `query {storage_getDataStoreFile(dataStoreFileId: "${id}") {${file}}}`,
	downloadUrl: (_storeId: string, id: string) =>
		`query {storage_getDataStoreFileDownloadUrl(dataStoreFileId: "${id}") {url}}`,
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

const paging = 'queryId: "q", queryString: "s", clientToken: "c", nextToken: "n"';

/** Operations of services that the local exchange may or may not serve yet; they must validate. */
export const others2024: Readonly<Record<string, string>> = {
	listHubs: `query {iot_listHubs {${hub}}}`,
	getHub: `query {iot_getHub(iotHubId: "h") {${hub}}}`,
	listEndpoints: `query {iot_listEndpointsInHub(iotHubId: "h") {${endpoint}}}`,
	getEndpoint: `query {iot_getEndpoint(iotEndpointId: "e") {${endpoint}}}`,
	listGroups: `query {iot_listGroups(iotHubId: "h", includeEndpoints: true) {${group}}}`,
	getGroup: `query {iot_getGroup(iotGroupId: "g", includeEndpoints: false) {${group}}}`,
	listModels: `query {iot_listModels {${digitalTwin}}}`,
	getModel: `query {iot_getModel(modelId: "m") {${digitalTwin}}}`,
	hubLastValues: `query {iot_listHubsEndpointsLastValues(iotHubId: "h", ${paging}) {${lastValues}}}`,
	groupLastValues: `query {iot_listGroupsEndpointsLastValues(iotGroupId: "g", ${paging}) {${lastValues}}}`,
	endpointLastValues: `query {iot_listEndpointLastValues(iotEndpointId: "e") {${lastValues}}}`,
	queryByTimeRange: `query {iot_queryByTimeRange(
		endpointQueryFilters: [{iotEndpointId: "e", attributeNames: ["kW"]}], startTime: "0", endTime: "1", ${paging}
	) {queryId queryString startTime endTime clientToken nextToken presignedUrl resultChunkIndex}}`,
	publish: `mutation {iot_publish(iotEndpointId: "e", data: [
		{timestamp: "1", timeUnit: MILLISECONDS, attributes: [{name: "kW", value: "1.5"}]}
	]) {iotEndpointId recordsWritten {${record}} failedRecords {record {${record}} errors {errorType errorMessage}}}}`,
	updateProperties: `mutation {iot_updateEndpointProperties(
		iotEndpointId: "e", properties: [{name: "p", value: "v", timestamp: "1"}]
	) {${endpoint}}}`,
	generateExport:
		'mutation {iot_generateQueryResultExport(queryId: "q", fileFormat: CSV) {queryId fileFormat}}',
	cancel: 'mutation {iot_cancelQuery(queryId: "q") {httpStatusCode errorMessage}}',
	published: `subscription {onIotPublish(iotEndpointId: "e") {iotEndpointId recordsWritten {${record}}}}`,
	exportComplete:
		'subscription {onNotifyIotQueryExportComplete(queryId: "q") {queryId fileFormat fileSizeBytes url}}',
	listCollaboratives: `query {collaborative_listCollaboratives {${collaborative}}}`,
	getCollaborative: `query {collaborative_getCollaborative(collaborativeId: "x") {${collaborative}}}`,
	listServices: `query {collaborative_listCollaborativeServices(collaborativeId: "x") {${service}}}`,
	share: `mutation {collaborative_addServiceToCollaborative(
		collaborativeId: "x", serviceId: "iotGroupId.x", serviceType: IOT_GROUP
	) {${service}}}`,
};
