// An Exchange in a process of its own: 10,000 assets, of which the first ones, by name, have 1,000 values that
// all change ten times a second. Prints its endpoint.
import {fakeEvents} from '../exchange/fake-events.ts';
import {fakeExchange, type Reply} from '../exchange/fake-exchange.ts';
import {sqlPage} from '../exchange/sql-answers.ts';

const period = 100;
const busy = 20;
const attributesOfBusy = 50;
const assets = 10_000;

const database = {
	timeSeriesDbId: 'timeSeriesDbId.1',
	name: 'Busy',
	description: null,
	ownerUserId: 'u',
	databaseName: 'busy',
	tableName: 'series',
};
const rows = Array.from({length: assets}, (_, number) => ({
	assetId: `asset-${number}`,
	name: `Feeder ${number + 1}`,
	attributes: Array.from({length: number < busy ? attributesOfBusy : 1}, (_, place) => ({
		name: place === 0 ? 'A kW' : `value ${place}`,
		attributeType: 'DOUBLE',
		lastValue: '400',
		lastValueTime: new Date().toISOString(),
		data: [] as {timestamp: string; value: string}[],
	})),
}));

const store = {
	dataStoreId: 'dataStoreId.1',
	name: 'Store',
	description: null,
	ownerUserId: 'u',
	homeDirectoryId: 'dataStoreDirectoryId.1',
};
const user = {userId: 'u', firstName: 'A', lastName: 'User', email: null, organization: null};
const answers: Readonly<Record<string, unknown>> = {
	UserSession: {user_getUserSession: {user}},
	ListDataStores: {storage_listDataStores: [store]},
	ListDirectory: {
		storage_getDataStoreDirectory: {dataStoreDirectoryId: store.homeDirectoryId, contents: []},
	},
	ListDatabases: {timeSeriesDb_listDatabases: [{__typename: 'TimeSeriesDb', ...database}]},
};

function answer({operationName}: {readonly operationName: string}): Reply {
	if (operationName === 'LatestValues') {
		const page = {data: rows, clientToken: null, nextToken: null};
		return {body: {data: {timeSeriesDb_listAllAssetLastValues: page}}};
	}
	if (operationName === 'SqlQuery') return sqlPage({});
	return {body: {data: answers[operationName] ?? {}}};
}

const events = fakeEvents();
const exchange = await fakeExchange(answer, undefined, events.onPeer);
let turn = 0;
setInterval(() => {
	turn += 1;
	const time = new Date().toISOString();
	for (const [number, asset] of rows.slice(0, busy).entries()) {
		for (const [place, attribute] of asset.attributes.entries()) {
			const value = (400 + 60 * Math.sin(turn / 7 + number + place)).toFixed(3);
			attribute.lastValue = value;
			attribute.lastValueTime = time;
			attribute.data = [{timestamp: time, value}];
		}
		events.tell('onTimeSeriesDbPublish', {assetId: asset.assetId}, [asset]);
	}
}, period);
console.log(exchange.endpoint);
