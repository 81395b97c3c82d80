import {beforeEach, expect, test} from 'vitest';
import {commands} from '../../src/commands/index.ts';
import {createCompleter} from '../../src/host/prompt-completer.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import type {Session} from '../../src/shell/session.ts';
import {type MemoryExchange, memoryExchange} from '../support/memory-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';

let exchange: MemoryExchange;
let session: Session;
beforeEach(async () => {
	exchange = memoryExchange(
		{'Campus study': {'readme.txt': ''}},
		{
			databases: {
				Microgrid: [
					{assetId: 'f1', name: 'Feeder 1', attributes: {'A kW': [['2026-11-21T14:00:00Z', 1]]}},
					{assetId: 'f2', name: 'Feeder 2', attributes: {}},
				],
			},
		},
	);
	const [store] = await exchange.listDataStores();
	session = {
		location: rootOf(store!),
		previous: undefined,
		database: exchange.database('Microgrid'),
		localDirectory: '/',
		status: 0,
	};
});

const now = () => Date.parse('2026-11-21T14:00:05Z');
const complete = (line: string) =>
	createCompleter({session: () => session, exchange, local: memoryFiles({}), commands, now})(line);

test.each<[line: string, inserts: string[], replaced: string]>([
	['ls re', ['readme.txt '], 're'],
	['db M', ['Microgrid '], 'M'],
	['latest Feeder1', ["'Feeder 1' "], 'Feeder1'],
])('%s waits for the names it needs', async (line, inserts, replaced) => {
	const [candidates, start] = await complete(line);
	expect(candidates.slice(0, inserts.length)).toEqual(inserts);
	expect(start).toBe(replaced);
});

test('several assets and attributes are listed with their latest value and its age', async () => {
	expect((await complete('latest Fe'))[0]).toEqual(["'Feeder 1'  A kW 1    5 s", "'Feeder 2' "]);
	expect((await complete("data 'Feeder 1' "))[0]).toEqual([
		"'A kW'           1    5 s",
		"'Feeder 1'  A kW 1    5 s",
		"'Feeder 2' ",
	]);
});

test('what an asset says is harmless in the list', async () => {
	exchange.emit('Microgrid', 'f1', {state: 'open\u001b[2J'}, '2026-11-21T14:00:03Z');
	const list = (await complete("data 'Feeder 1' "))[0].join('');
	expect(list).toContain('open');
	expect(list).not.toContain('\u001b');
});

test('names that cannot be had are left out', async () => {
	exchange.failNext('latest', new Error('no'));
	expect(await complete('latest Fe')).toEqual([[], 'Fe']);
});
