import {describe, expect, test} from 'vitest';
import {type MemoryDatabases, memoryExchange} from '../../support/memory-exchange.ts';
import {noon, runCommands} from '../../support/run.ts';

const ago = (ms: number) => new Date(noon - ms).toISOString();
const databases: MemoryDatabases = {
	Microgrid: [
		{assetId: 'asset-12', name: 'Feeder 12', attributes: {kW: []}},
		{
			assetId: 'asset-2',
			name: 'Feeder 2',
			attributes: {kW: [[ago(60_000), 398.2]], kVAR: [[ago(5_000), 88]]},
		},
		{assetId: 'asset-3', name: 'Transformer', attributes: {}},
	],
};
const exchange = memoryExchange({}, {databases});
const session = {database: exchange.database('Microgrid')};

test('lists assets by name, numbers by value, with the age of the newest sample', async () => {
	const {screen} = await runCommands('assets', {exchange, session, interactive: true});
	expect(screen).toEqual([
		'asset        attributes  age',
		'Feeder 2              2  5 s',
		'Feeder 12             1    ·',
		'Transformer           0    ·',
		'3 assets in Microgrid',
	]);
});

test('-l adds the time and the id', async () => {
	const {text} = await runCommands('assets -l', {exchange, session});
	expect(text.split('\n')[0]).toBe(`Feeder 2\t2\t${ago(5_000)}\tasset-2`);
});

test('in a pipe a row an asset, in JSON the API’s words', async () => {
	expect((await runCommands('assets', {exchange, session})).text).toBe(
		`Feeder 2\t2\t${ago(5_000)}\tasset-2\nFeeder 12\t1\t\tasset-12\nTransformer\t0\t\tasset-3\n`,
	);
	const {text} = await runCommands('assets Transformer', {exchange, session, json: true});
	expect(JSON.parse(text)).toMatchObject({assetId: 'asset-3', name: 'Transformer', attributes: []});
});

describe('a pattern', () => {
	test.each<[line: string, names: string[]]>([
		['assets feeder', ['Feeder 2', 'Feeder 12']],
		['assets SET-1', ['Feeder 12']],
		["assets 'Feeder ?'", ['Feeder 2']],
		['assets Feeder*', ['Feeder 2', 'Feeder 12']],
		['assets asset-*2', ['Feeder 2', 'Feeder 12']],
		['assets id:asset-2', ['Feeder 2']],
		['assets nothing', []],
	])('%s', async (line, names) => {
		const {text, status} = await runCommands(line, {exchange, session});
		expect(
			text
				.split('\n')
				.filter(Boolean)
				.map(row => row.split('\t')[0]),
		).toEqual(names);
		expect(status).toBe(0);
	});
});

test('an asset without a name of its own is told by its id', async () => {
	const twins = memoryExchange(
		{},
		{
			databases: {
				Twins: [
					{assetId: 'a', name: 'Pump', attributes: {}},
					{assetId: 'b', name: 'Pump', attributes: {}},
					{assetId: 'c', name: null, attributes: {}},
				],
			},
		},
	);
	const {screen} = await runCommands('assets', {
		exchange: twins,
		session: {database: twins.database('Twins')},
		interactive: true,
	});
	expect(screen.slice(0, 4).map(line => line.replace(/ +/g, ' '))).toEqual([
		'asset attributes age id',
		' 0 · c',
		'Pump 0 · a',
		'Pump 0 · b',
	]);
});

test('the first page is shown while the others are on their way', async () => {
	const paged = memoryExchange({}, {databases, pageSizes: {latest: 1}});
	const {outputs, screen} = await runCommands('assets', {
		exchange: paged,
		session: {database: paged.database('Microgrid')},
		interactive: true,
	});
	const tables = outputs.filter(output => output.kind === 'records');
	expect(tables[0]).toMatchObject({records: [{name: 'Feeder 12'}]});
	expect(tables.at(-1)?.records).toHaveLength(3);
	expect(screen.at(-1)).toBe('3 assets in Microgrid');
});

describe('what cannot be', () => {
	test('without a selected database it says how to select one', async () => {
		const {outputs, status} = await runCommands('assets', {exchange});
		expect(outputs[0]).toMatchObject({
			kind: 'error',
			error: {
				code: 'usage',
				message: 'no database is selected',
				hint: '`databases` lists them, `db NAME` selects one',
			},
		});
		expect(status).toBe(2);
	});

	test('an Exchange without time series says so', async () => {
		const {outputs} = await runCommands('assets', {exchange: memoryExchange({}), session});
		expect(outputs[0]).toMatchObject({
			error: {code: 'unsupported', message: 'this Exchange has no time-series databases'},
		});
	});
});
