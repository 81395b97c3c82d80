import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';
import {openPilot} from '../sharing/pilot.ts';

const databases = {'Wind park': [], Microgrid: [], 'esc\u001b[2J': []};

test('lists the databases by name, with what SQL calls them, and marks the selected one', async () => {
	const exchange = memoryExchange({}, {databases});
	const session = {database: exchange.database('Microgrid')};
	const {screen} = await runCommands('databases', {exchange, session, interactive: true});
	expect(screen.map(line => line.trimEnd())).toEqual([
		'   name           SQL database  description',
		"   $'esc\\x1b[2J'  database_3",
		'▸  Microgrid      database_2',
		"   'Wind park'    database_1",
	]);
});

test('-l adds the SQL table, owner and id, whole', async () => {
	const exchange = memoryExchange({}, {databases});
	const {screen} = await runCommands('dbs -l', {exchange, interactive: true});
	expect(screen.join('\n')).toMatch(/SQL table +table_2\nowner +you\nid +timeSeriesDbId\.2\n/);
});

test('-l tells the selected one in words, and has no line for it at the others', async () => {
	const exchange = memoryExchange({}, {databases});
	const session = {database: exchange.database('Microgrid')};
	const {screen} = await runCommands('dbs -l', {exchange, session, interactive: true});
	const labels = screen.map(line => line.split(' ')[0]);
	expect(labels.filter(label => label === 'name')).toHaveLength(3);
	expect(screen.filter(line => line.startsWith('here'))).toEqual(['here          selected']);
	// Records are apart by an empty line, and no line is without a label.
	expect(labels.filter(label => label === '')).toHaveLength(2);
});

test('-l shows who else sees them; of what others share, through which collaborative one does', async () => {
	const exchange = openPilot();
	const theirs = exchange.database('Their feeders');
	const rows = async () => [theirs, ...(await exchange.timeSeries.listDatabases())];
	const {text} = await runCommands('dbs -l', {
		exchange: {...exchange, timeSeries: {...exchange.timeSeries, listDatabases: rows}},
	});
	expect(text.split('\n').map(line => line.split('\t').at(-1))).toEqual([
		'→ Forecast exchange (1 org, 2 people)',
		'through Forecast exchange (you: read)',
		'only you',
		'',
	]);
});

test('-l names owners as far as somebody in the collaboratives says who they are', async () => {
	const exchange = openPilot();
	const theirs = exchange.database('Their feeders');
	const rows = async () => [
		theirs,
		{...theirs, name: 'Unknown', timeSeriesDbId: 'x', ownerUserId: 'user.x'},
		...(await exchange.timeSeries.listDatabases()),
	];
	const list = async () => {
		const {screen} = await runCommands('dbs -l', {
			exchange: {...exchange, timeSeries: {...exchange.timeSeries, listDatabases: rows}},
			interactive: true,
		});
		return screen.filter(line => line.startsWith('owner')).map(line => line.replace(/^owner +/, ''));
	};
	expect(await list()).toEqual(['you', 'Grace Hopper', 'you', 'user.x']);
	exchange.forget();
	exchange.failNext('listCollaboratives', new ShellError('connection', 'the connection dropped'));
	expect((await list()).at(-1)).toBe('user.x');
});

test('-l lists also where it cannot be known who else sees them', async () => {
	const exchange = memoryExchange({}, {databases});
	exchange.failNext('listSharedWith', new ShellError('connection', 'the connection dropped'));
	const {screen, status} = await runCommands('dbs -l', {exchange, interactive: true});
	expect(screen.filter(line => line.startsWith('audience'))).toEqual(Array(3).fill('audience      ·'));
	expect(status).toBe(0);
});

test('without -l nobody is asked who sees what', async () => {
	const exchange = openPilot();
	await runCommands(['databases', 'stores'], {exchange});
	expect(exchange.requests.toSorted()).toEqual(['listDataStores', 'listDatabases']);
});

test("in a pipe names are bare and nothing is marked, in JSON records are the Exchange's", async () => {
	const exchange = memoryExchange({}, {databases});
	const session = {database: exchange.database('Microgrid')};
	const {text} = await runCommands('databases', {exchange, session});
	expect(text.split('\n')[1]).toBe('Microgrid\tdatabase_2\t');
	const json = await runCommands('databases', {exchange, session, json: true, interactive: true});
	expect(JSON.parse(json.text.split('\n')[1]!)).toEqual(exchange.database('Microgrid'));
});

test('says that there are none, and how to make one', async () => {
	const exchange = memoryExchange({}, {databases: {}});
	const {screen, status} = await runCommands('databases', {exchange, interactive: true});
	expect(screen).toEqual(['no time-series databases: `create database NAME` makes one']);
	expect(status).toBe(0);
});

test('an Exchange without time series is said to have none', async () => {
	const {screen, status} = await runCommands('databases', {exchange: memoryExchange({})});
	expect(screen).toEqual(['databases: this Exchange has no time-series databases']);
	expect(status).toBe(1);
});
