import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AppSyncSocket, credentialsOf, openSocket, startMessage} from '../../support/appsync-socket.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {timeSeries2022 as sdk} from './operations-2022.ts';

const start = Date.UTC(2022, 0, 1);

let exchange: TestExchange;
let socket: AppSyncSocket | undefined;
let id: string;
beforeEach(async () => {
	exchange = await startExchange();
	const create = 'mutation {database: timeSeriesDb_createDatabase(name: "Feeders") {timeSeriesDbId}}';
	id = (await exchange.ask(create)).database.timeSeriesDbId;
});
afterEach(async () => {
	socket?.close();
	await exchange.close();
});

const ask = async (query: string) => Object.values(await exchange.ask(query))[0];

/** As the SDK does: the credentials in the URL, at the path beside `/graphql` too. */
async function connect(path: string): Promise<AppSyncSocket> {
	const url = new URL(path, exchange.endpoint.replace('http', 'ws'));
	url.searchParams.set('header', credentialsOf(exchange.token));
	url.searchParams.set('payload', 'e30=');
	socket = await openSocket(url.href);
	socket.send({type: 'connection_init'});
	expect((await socket.next()).type).toBe('connection_ack');
	return socket;
}

test('the SDK of 2022 finds databases, publishes, hears of it and reads the latest values', async () => {
	const listed = await ask(sdk.listDatabases());
	expect(listed).toEqual([
		{timeSeriesDbId: id, name: 'Feeders', description: null, ownerUserId: expect.any(String)},
	]);
	// It takes the kind of a service from its id.
	expect(id).toContain('timeSeriesDb');
	expect(await ask(sdk.getDatabase(id))).toEqual(listed[0]);
	const open = await connect('/graphql/realtime');
	open.send(startMessage('1', sdk.published(id, 'f1'), exchange.token));
	expect((await open.next()).type).toBe('start_ack');
	const written = await ask(sdk.publish(id, 'f1', start, '412.5'));
	expect(written).toEqual([
		{
			assetId: 'f1',
			name: 'Feeder 1',
			attributes: [
				{name: 'kW', attributeType: 'DOUBLE', lastValue: '412.5', lastValueTime: '2022-01-01T00:00:00.000Z'},
			],
		},
	]);
	expect((await open.next()).payload.data.onTimeSeriesDbPublish).toEqual(written);
	const latest = await ask(sdk.lastValues(id));
	// A token beside a second page would crash it; the data of an attribute is a list.
	expect(latest).toMatchObject({clientToken: null, nextToken: null, queryProgressPercentage: 100});
	expect(latest.data).toEqual([{...written[0], attributes: [{...written[0].attributes[0], data: []}]}]);
});

test('the SDK of 2022 reads a period page by page and exports it, though it subscribes late', async () => {
	for (let second = 0; second < 3; second++) {
		await ask(sdk.publish(id, 'f1', start + 1000 * second, String(second)));
	}
	let page = await ask(sdk.queryDatabase(id, 'f1', 'kW'));
	expect(page).toMatchObject({queryProgressPercentage: 100, presignedUrl: expect.any(String)});
	while (page.nextToken !== null) page = await ask(sdk.queryDatabase(id, 'f1', 'kW', page));
	// It asks for the export before its subscription stands.
	await ask(sdk.generateExport(id, page.queryId, 'JSON'));
	const open = await connect('/graphql');
	open.send(startMessage('1', sdk.exportComplete(page.queryId), exchange.token));
	expect((await open.next()).type).toBe('start_ack');
	const told = (await open.next()).payload.data.onNotifyTimeSeriesQueryExportComplete;
	expect(told).toMatchObject({queryId: page.queryId, fileType: 'JSON', fileSizeBytes: expect.any(Number)});
	const [asset, ...others] = JSON.parse(await (await fetch(told.url)).text());
	expect(others).toEqual([]);
	expect(asset).toMatchObject({assetId: 'f1', name: 'Feeder 1'});
	expect(asset.attributes[0].data.map(({value}: {value: string}) => value)).toEqual(['0.0', '1.0', '2.0']);
	expect(await ask(sdk.cancel(id, page.queryId))).toEqual({httpStatusCode: 200, errorMessage: null});
});

test('the SDK of 2022 asks in SQL and reads what Timestream would answer', async () => {
	await ask(sdk.publish(id, 'f1', start, '412.5'));
	const query = 'SELECT assetId, measure_name, time, "measure_value::double" FROM "feeders"."samples"';
	const {resultJSONString} = await ask(sdk.sql(id, query));
	const {QueryId, Rows, ColumnInfo, QueryStatus} = JSON.parse(resultJSONString);
	expect(QueryId).toEqual(expect.any(String));
	expect(QueryStatus.ProgressPercentage).toBe(100);
	expect(ColumnInfo).toEqual([
		{Name: 'assetId', Type: {ScalarType: 'VARCHAR'}},
		{Name: 'measure_name', Type: {ScalarType: 'VARCHAR'}},
		{Name: 'time', Type: {ScalarType: 'TIMESTAMP'}},
		{Name: 'measure_value::double', Type: {ScalarType: 'DOUBLE'}},
	]);
	const values = ['f1', 'kW', '2022-01-01 00:00:00.000000000', '412.5'];
	expect(Rows).toEqual([{Data: values.map(ScalarValue => ({ScalarValue}))}]);
});
