import {beforeEach, describe, expect, test} from 'vitest';
import {type Command, defineCommand, type Spec} from '../../src/shell/command.ts';
import {type Completion, type CompletionSources, complete} from '../../src/shell/complete.ts';
import type {Session} from '../../src/shell/session.ts';
import type {LatestValues, TimeSeriesDb} from '../../src/shell/time-series.ts';
import {type MemoryAsset, memoryExchange} from '../support/memory-exchange.ts';

const command = (name: string, args: Record<string, Spec>): Command =>
	defineCommand({
		name,
		group: 'Time series',
		summary: name,
		args,
		examples: [name],
		run: async function* () {},
	});
const commands: readonly Command[] = [
	command('db', {database: {kind: 'database', help: ''}}),
	command('latest', {series: {kind: 'series', many: true, optional: true, help: ''}}),
	command('data', {
		asset: {kind: 'asset', help: ''},
		attributes: {kind: 'attribute', many: true, help: ''},
		since: {kind: 'time', option: true, optional: true, help: ''},
		every: {kind: 'duration', option: true, optional: true, help: ''},
	}),
	command('publish', {
		asset: {kind: 'asset', help: ''},
		data: {kind: 'local', many: true, assigns: true, help: ''},
	}),
	command('export', {series: {kind: 'selection', many: true, help: ''}}),
];

const time = '2026-11-21T14:00:00.000Z';
const asset = (
	assetId: string,
	name: string | null,
	values: Record<string, number | undefined>,
): MemoryAsset => ({
	assetId,
	name,
	attributes: Object.fromEntries(
		Object.entries(values).map(([attribute, value]) => [
			attribute,
			{type: 'DOUBLE' as const, samples: value === undefined ? [] : [[time, value] as const]},
		]),
	),
});
const assets = [
	asset('asset-012', 'Feeder 12', {'A kW': undefined}),
	asset('asset-001', 'Feeder 1', {'A kW': 412.6, 'B kW': 400, 'PF, lag': 1}),
	asset('asset-002', 'Feeder 2', {'A kW': 398.2}),
	asset('pump-a', 'Pump', {rpm: 1}),
	asset('pump-b', 'Pump', {rpm: 2}),
	asset('nameless', null, {}),
];

let database: TimeSeriesDb;
let databases: readonly TimeSeriesDb[];
let values: LatestValues | undefined | null;
let session: Session;
beforeEach(async () => {
	const exchange = memoryExchange({}, {databases: {Microgrid: assets, 'Wind park': []}});
	await exchange.timeSeries.createDatabase({name: 'Wind park', description: 'the new one'});
	database = exchange.database('Microgrid');
	databases = await exchange.timeSeries.listDatabases();
	values = await exchange.timeSeries.latest(database.timeSeriesDbId);
	session = {location: undefined, previous: undefined, database, localDirectory: '/', status: 0};
});

const sources = (): CompletionSources => ({
	commands,
	session,
	user: () => null,
	stores: () => null,
	listing: () => null,
	databases: () => databases,
	collaboratives: () => null,
	services: () => null,
	latest: id => (id === database.timeSeriesDbId ? values : null),
	localEntries: () => null,
});
const at = (line: string): Completion => complete({line, cursor: line.length}, sources());
const inserts = (line: string) => at(line).candidates.map(({insert}) => insert);

const everyAsset = ["'Feeder 1' ", "'Feeder 2' ", "'Feeder 12' ", 'id:nameless ', 'id:pump-a ', 'id:pump-b '];

describe('what is offered depends on the place', () => {
	test.each<[line: string, inserts: string[]]>([
		['db M', ['Microgrid ']],
		['latest ', everyAsset],
		['latest fe', ["'Feeder 1' ", "'Feeder 2' ", "'Feeder 12' "]],
		['data fr2', ["'Feeder 2' ", "'Feeder 12' "]],
		["data 'Feeder 1' ", ["'A kW' ", "'B kW' ", "'PF, lag' "]],
		["data 'Feeder 1' B", ["'B kW' "]],
		["data 'Feeder 1' 'A kW' ", ["'B kW' ", "'PF, lag' "]],
		['data id:asset-002 ', ["'A kW' "]],
		['data asset-002 ', ["'A kW' "]],
		['data Pum* ', ['rpm ']],
		["data --since yesterday 'Feeder 2' ", ["'A kW' "]],
		["latest 'Feeder 2' ", ["'A kW' ", ...everyAsset]],
		["latest 'Feeder 2' F", ["'Feeder 1' ", "'Feeder 2' ", "'Feeder 12' "]],
		['latest rp', ['rpm ']],
		['latest asset-0', ["'Feeder 1' ", "'Feeder 2' ", "'Feeder 12' "]],
		['latest 002', ["'Feeder 2' "]],
		['latest id:pump', ['id:pump-a ', 'id:pump-b ']],
		["publish 'Feeder 1' ", ["'A kW'=", "'B kW'=", "'PF, lag'="]],
		["publish 'Feeder 1' 'A kW'=1 b", ["'B kW'="]],
		["publish 'Feeder 1' 'A kW'=1", []],
		['publish Pump rp', []],
		['publish id:pump-b rp', ['rpm=']],
		['export Feeder\\ 12', ["'Feeder 12'"]],
		["export 'Feeder 1':", ["'Feeder 1:A kW'", "'Feeder 1:B kW'", "'Feeder 1:PF, lag'"]],
		["export 'Feeder 1':'A kW,P", ["'Feeder 1:A kW,PF, lag'"]],
		['export id:pump-b:', ['id:pump-b:rpm']],
		['data x --since yes', ['yesterday ']],
		['data x --since now-', ['now-1h ', 'now-24h ', 'now-7d ']],
		['data x --every 1', ['1m ', '15m ', '1h ']],
	])('%s', (line, expected) => {
		expect(inserts(line)).toEqual(expected);
	});

	test('databases of one name are told by id', () => {
		expect(at('db W').candidates).toMatchObject([
			{insert: `id:${databases[1]!.timeSeriesDbId} `, label: 'Wind park'},
			{insert: `id:${databases[2]!.timeSeriesDbId} `, label: 'Wind park', summary: 'the new one'},
		]);
	});
});

test('assets come with the latest value of what says most of them, and its time', () => {
	expect(at('latest Feeder').candidates).toMatchObject([
		{
			label: 'Feeder 1',
			kind: 'asset',
			attribute: 'A kW',
			lastValue: '412.6',
			lastValueTime: time,
			indexes: [0, 1, 2, 3, 4, 5],
		},
		{label: 'Feeder 2', attribute: 'A kW', lastValue: '398.2'},
		{label: 'Feeder 12', attribute: 'A kW', lastValue: null, lastValueTime: null},
	]);
});

test('attributes come with their latest value, or with how many assets have them', () => {
	expect(at("data 'Feeder 1' A").candidates).toMatchObject([
		{label: 'A kW', kind: 'attribute', lastValue: '412.6', lastValueTime: time},
	]);
	expect(at('latest A').candidates).toMatchObject([{label: 'A kW', summary: 'of 3 assets'}]);
});

test('what matched in an id is marked behind the name', () => {
	expect(at('latest 002').candidates).toMatchObject([{label: 'Feeder 2 (asset-002)', indexes: [16, 17, 18]}]);
	expect(at('latest Pu').candidates.map(({label}) => label)).toEqual(['Pump (pump-a)', 'Pump (pump-b)']);
});

test('what names have in common goes in, quoted', () => {
	expect(at('latest fe').common).toBe("'Feeder ");
	expect(at("export 'Feeder 1':A").common).toBe("'Feeder 1:A kW");
	expect(at('latest id:p').common).toBe('id:pump-');
});

describe('what is not known yet', () => {
	test('is pending, what cannot be had is not', () => {
		values = undefined;
		expect(at('latest ')).toMatchObject({candidates: [], pending: true});
		values = null;
		expect(at('latest ')).toMatchObject({candidates: [], pending: false});
	});

	test('without a database there are no assets', () => {
		session = {...session, database: undefined};
		const reason = 'no database is selected: `db NAME` selects one';
		expect(at('latest ')).toMatchObject({candidates: [], pending: false, reason});
		expect(at("publish 'Feeder 1' ")).toMatchObject({candidates: [], pending: false, reason});
		expect(at('db M').reason).toBeUndefined();
	});

	test('before there is a connection one may still be selected', () => {
		session = {...session, database: undefined};
		const line = 'latest ';
		const connecting = {...sources(), databases: () => undefined};
		expect(complete({line, cursor: line.length}, connecting)).toMatchObject({
			candidates: [],
			pending: true,
			reason: undefined,
		});
	});
});

test('of 10,000 assets all that match are counted, and the best are offered', () => {
	const many = Array.from({length: 10_000}, (_, place) => ({
		assetId: `asset-${place}`,
		name: `Feeder ${place} of substation ${place % 97}`,
		attributes: [{name: 'A kW', attributeType: 'DOUBLE' as const, lastValue: '1', lastValueTime: time}],
	}));
	values = {timeSeriesDbId: database.timeSeriesDbId, assets: many, isComplete: true, fetchedAt: 0};
	const {total, candidates} = at('latest F');
	expect(total).toBe(10_000);
	expect(candidates.length).toBeLessThanOrEqual(100);
});
