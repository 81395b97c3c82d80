import {expect, test} from 'vitest';
import {commands} from '../../src/commands/index.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import type {QueryPage} from '../../src/shell/time-series.ts';
import {memoryAccount} from '../support/memory-account.ts';
import {type MemoryAsset, type MemorySharing, memoryExchange, type Tree} from '../support/memory-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';
import {runCommands} from '../support/run.ts';

const examples = commands.flatMap(({name, examples}) => examples.map(line => ({name, line})));

/** What the examples of `help` speak of. */
const campus: Tree = {
	cases: {'event.csv': 'a,b\n'},
	weather: {'hour-1.csv': 'time,kW\n1,2\n'},
	archive: {},
	'readme.txt': 'Campus study\n',
	'result.csv': 'a\n1\n2\n',
	'draft.csv': 'b\n',
	'old.csv': 'c\n',
	'x.tmp': '',
	'feeder map (rev 2).pdf': '%PDF',
};
/** What the examples of time series speak of. */
const feeders: readonly MemoryAsset[] = [
	{
		assetId: 'feeder-1',
		name: 'Feeder 1',
		attributes: {kW: [['2026-11-21T14:00:00Z', 412.5]], kVAR: [['2026-11-21T14:00:00Z', 88]]},
	},
	{assetId: 'feeder-2', name: 'Feeder 2', attributes: {kW: [['2026-11-21T14:00:00Z', 399.1]]}},
	{assetId: 'battery-1', name: 'Battery 1', attributes: {SOC: [['2026-11-21T14:00:00Z', 71.3]]}},
];
const samples = {
	'/desk/load.csv': 'time,kW\n2026-01-01T00:00Z,412.5\n',
	'/desk/meter.csv': 'ts,kW\n1767225600000,412.5\n',
};
/** What an example makes is not there before. */
const absent: Readonly<Record<string, string>> = {put: 'result.csv', mv: 'result.csv', mkdir: 'archive'};
const onDisk = {'/desk/result.csv': 'a\n', '/desk/cases/event.csv': 'a\n', '/desk/report.sql': 'SELECT 1'};
/** What the examples of sharing and of tokens speak of. */
const sharing: MemorySharing = {
	tokens: [
		{
			tokenId: 'tokenId.7c1e',
			name: 'nightly',
			tokenType: 'USER_FULL_ACCESS',
			dateCreated: '2026-10-01T00:00:00.000Z',
			dateExpires: '2027-01-01T00:00:00.000Z',
			lastActive: null,
		},
	],
	collaboratives: [
		{
			name: 'Resilience pilot',
			organizations: {'Sample Utility': {people: {'Ada User': 'READ_WRITE'}}},
			services: ['store:Wind park'],
		},
	],
};
/** What SQL comes to is for tests of its own. */
async function* noRows(): AsyncGenerator<QueryPage> {
	yield {queryId: 'q', columns: [], rows: [], progress: 100, bytesScanned: 0, isLast: true};
}

test.each(examples)('help $name: $line', async ({name, line}) => {
	const {[absent[name] ?? '']: _, ...tree} = campus;
	const memory = memoryExchange(
		{'Campus study': tree, 'Other store': {results: {}}, 'Wind park': {}},
		{databases: {Microgrid: feeders}, sharing},
	);
	const exchange = {...memory, timeSeries: {...memory.timeSeries, query: noRows}};
	const files = ['put', 'lls', 'query'].includes(name) ? onDisk : name === 'publish' ? samples : {};
	const local = memoryFiles({'/desk/': '', '/home/Downloads/': '', ...files});
	const [here, other] = await exchange.listDataStores();
	const {outputs, status} = await runCommands(
		line
			.replace('dataStoreId.7c1e', other!.dataStoreId)
			.replace('timeSeriesDbId.7c1e', exchange.database('Microgrid').timeSeriesDbId)
			.replace('dataStoreFileId.7c1e', exchange.idsOf('Campus study:/', 'old.csv')[0]!),
		{
			exchange,
			local,
			session: {
				location: rootOf(here!),
				previous: rootOf(other!),
				database: exchange.database('Microgrid'),
				localDirectory: '/desk',
			},
			ask: async () => 'Microgrid',
			account: memoryAccount(['lab']),
			input: (async function* () {
				yield new TextEncoder().encode('piped');
			})(),
		},
	);
	expect(outputs.flatMap(output => (output.kind === 'error' ? [output.error.message] : []))).toEqual([]);
	expect(status).toBe(line === 'exit 3' ? 3 : 0);
});
