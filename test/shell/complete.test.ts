import {beforeEach, describe, expect, test} from 'vitest';
import {type Command, defineCommand} from '../../src/shell/command.ts';
import {type Completion, type CompletionSources, complete} from '../../src/shell/complete.ts';
import {parseLine} from '../../src/shell/parse-line.ts';
import type {DataStore, Listing, LocalEntry} from '../../src/shell/ports.ts';
import {resolveDirectory, rootOf} from '../../src/shell/resolve.ts';
import type {Session} from '../../src/shell/session.ts';
import {evaluateWord} from '../../src/shell/word.ts';
import {type MemoryExchange, memoryExchange, type Tree} from '../support/memory-exchange.ts';

const run: Command['run'] = async function* () {};
const commands: readonly Command[] = [
	defineCommand({
		name: 'ls',
		aliases: ['dir'],
		group: 'Navigation',
		summary: 'List',
		args: {
			long: {kind: 'flag', short: 'l', help: 'More'},
			sort: {kind: 'text', option: true, optional: true, choices: ['name', 'size'], help: 'Order'},
			paths: {kind: 'path', many: true, optional: true, help: ''},
		},
		examples: ['ls'],
		run,
	}),
	defineCommand({
		name: 'cd',
		group: 'Navigation',
		summary: 'Go',
		args: {path: {kind: 'directory', help: ''}},
		examples: ['cd a'],
		run,
	}),
	defineCommand({
		name: 'use',
		group: 'Navigation',
		summary: 'Select',
		args: {store: {kind: 'store', help: ''}},
		examples: ['use a'],
		run,
	}),
	defineCommand({
		name: 'get',
		group: 'Files',
		summary: 'Download',
		args: {
			output: {kind: 'local', option: true, optional: true, short: 'o', help: 'Where to'},
			paths: {kind: 'path', many: true, help: ''},
			target: {kind: 'local', optional: true, help: ''},
		},
		examples: ['get a'],
		run,
	}),
	defineCommand({
		name: 'put',
		group: 'Files',
		summary: 'Upload',
		args: {files: {kind: 'local', many: true, help: ''}},
		examples: ['put a'],
		run,
	}),
	defineCommand({
		name: 'help',
		group: 'Session',
		summary: 'Help',
		args: {command: {kind: 'command', optional: true, help: ''}},
		examples: ['help'],
		run,
	}),
];

let exchange: MemoryExchange;
let stores: readonly DataStore[];
let session: Session;
let asked: string[];
let listings: Map<string, Listing>;

const disk: Record<string, readonly LocalEntry[]> = {
	'': [
		{name: 'notes.txt', kind: 'file', size: 12, modified: 0},
		{name: 'my data', kind: 'directory', size: 0, modified: 0},
		{name: '.hidden', kind: 'file', size: 1, modified: 0},
	],
	'my data/': [{name: 'x.csv', kind: 'file', size: 1, modified: 0}],
};

async function setUp(tree: Tree, known: readonly string[]) {
	exchange = memoryExchange({'Campus study': tree, 'Campus twin': {}, Wind: {'w.csv': ''}});
	stores = await exchange.listDataStores();
	session = {
		location: rootOf(stores[0]!),
		previous: undefined,
		database: undefined,
		localDirectory: '/',
		status: 0,
	};
	asked = [];
	listings = new Map();
	for (const path of known) {
		const id = exchange.directoryId(path);
		listings.set(id, await exchange.listDirectory(id));
	}
}

beforeEach(async () => {
	const tree: Tree = {
		weather: {'hour-1.csv': '1', 'hour-2.csv': '22', deep: {}},
		'my dir': {'in it.txt': ''},
		'readme.txt': 'hello',
		'results.csv': '',
		'.hidden': '',
		'-rf': '',
		"it's": '',
		'a\nb': '',
	};
	await setUp(tree, ['Campus study:/', 'Campus study:/weather', 'Campus study:/my dir', 'Wind:/']);
});

const sources = (): CompletionSources => ({
	commands,
	session,
	user: () => null,
	stores: () => stores,
	listing: id => {
		asked.push(id);
		return listings.get(id);
	},
	databases: () => null,
	latest: () => null,
	collaboratives: () => null,
	services: () => null,
	localEntries: directory => disk[directory] ?? null,
});

/** Completes at the `▏`, or at the end. */
function at(marked: string): Completion {
	const cursor = marked.includes('▏') ? marked.indexOf('▏') : marked.length;
	return complete({line: marked.replace('▏', ''), cursor}, sources());
}

const inserts = (marked: string) => at(marked).candidates.map(({insert}) => insert);

describe('what is wanted depends on the place', () => {
	test.each<[line: string, inserts: string[]]>([
		['', ['ls ', 'dir ', 'cd ', 'use ', 'get ', 'put ', 'help ']],
		['l', ['ls ']],
		['pwd; pu', ['put ']],
		['ls && he', ['help ']],
		['he▏ ls', ['help ']],
		['help p', ['put ']],
		['ls -', ['-l ', '--sort ', '--json ', '--csv ', '--help ']],
		['ls -l', ['-l ']],
		['ls --s', ['--sort ']],
		['ls --sort s', ['size ']],
		['ls --sort=s', ['--sort=size ']],
		['ls -- -', ['./-rf ']],
		['ls wea', ['weather/']],
		['dir wea', ['weather/']],
		['ls weather/h', ['weather/hour-1.csv ', 'weather/hour-2.csv ']],
		['use W', ['Wind ']],
		['use camp', ["'Campus study' ", "'Campus twin' "]],
		['put n', ['notes.txt ']],
		['put .', ['.hidden ']],
		['get readme.txt -o my', ["'my data/'"]],
		['get -onot', []],
		['ls > no', ['notes.txt ']],
		['ls >> my\\ data/', ["'my data/x.csv' "]],
		['ls > out re', ['readme.txt ', 'results.csv ']],
		['ls Wind:/', ['Wind:/w.csv ']],
		['ls Win', ['Wind:/']],
		['ls # re', []],
		['ls | gre', []],
		['!l', []],
		['nonsense x', []],
		['use a b', []],
	])('%s', (line, expected) => {
		expect(inserts(line)).toEqual(expected);
	});

	test('behind the first of many words an argument after them may stand', () => {
		expect(inserts('get readme.txt no')).toEqual(['notes.txt ']);
		expect(inserts('get rea')).toEqual(['readme.txt ']);
	});

	test('hidden names only behind a dot', () => {
		expect(at('ls ').candidates.map(({label}) => label)).not.toContain('.hidden');
		expect(inserts('ls .')).toEqual(['.hidden ']);
	});

	test('cd offers directories only', () => {
		expect(at('cd ').candidates.map(({kind}) => kind)).toEqual(['directory', 'directory']);
	});
});

describe('quotes', () => {
	test.each<[line: string, replaced: string, insert: string]>([
		["ls 'my d", "'my d", "'my dir/'"],
		['ls "my d', '"my d', "'my dir/'"],
		['ls my\\ d', 'my\\ d', "'my dir/'"],
		["ls 'my dir/'in", "'my dir/'in", "'my dir/in it.txt' "],
		["ls 'my d▏'", "'my d'", "'my dir/'"],
		['ls it', 'it', '"it\'s" '],
		["ls $'a", "$'a", "$'a\\nb' "],
		['cat x; ls wea▏ -l', 'wea', 'weather/'],
	])('%s', (marked, replaced, insert) => {
		const {start, end, candidates} = at(marked);
		const line = marked.replace('▏', '');
		expect(line.slice(start, end)).toBe(replaced);
		expect(candidates[0]?.insert).toBe(insert);
	});

	test('every candidate, once inserted, is the word it stands for', async () => {
		for (const {insert, label, kind} of at('ls ').candidates) {
			const [statement] = parseLine(`ls ${insert}`);
			const word = statement?.kind === 'command' ? evaluateWord(statement.words[1]!, 0).text : '';
			expect(word.replace(/^\.\//, '').replace(/\/$/, '')).toBe(label);
			if (kind === 'directory')
				await resolveDirectory({exchange, session, signal: new AbortController().signal}, word);
		}
	});
});

describe('the only candidate, or what all have in common, is there to insert', () => {
	test.each<[line: string, insert: string | undefined]>([
		['ls re', undefined],
		['ls weather/h', 'weather/hour-'],
		['ls we', 'weather/'],
		['ls w', 'weather/'],
		['ls WEA', 'weather/'],
		['ls weather/hr2', 'weather/hour-2.csv '],
		['use C', "'Campus "],
		['use "C', '"Campus '],
		["use 'Campus t", "'Campus twin' "],
		['ls Cam', undefined],
		['ls zzz', undefined],
		['h', 'help '],
	])('%s → %s', (line, insert) => {
		const {candidates, common} = at(line);
		expect(candidates.length === 1 ? candidates[0]!.insert : common).toBe(insert);
	});
});

test('files come with size and time, matched characters are marked', () => {
	expect(at('ls readme').candidates[0]).toEqual({
		insert: 'readme.txt ',
		label: 'readme.txt',
		kind: 'file',
		bytes: 5,
		modified: '2026-11-02T17:40:11.000Z',
		indexes: [0, 1, 2, 3, 4, 5],
	});
	expect(at('ls weather/hr2').candidates[0]).toMatchObject({label: 'hour-2.csv', indexes: [0, 3, 5]});
});

test('names that begin as typed come alone; else those that hold it, then the fuzzy ones', async () => {
	await setUp({'x-temp': '', temp: '', 'Temp-2': '', 'the-map': '', tea: ''}, ['Campus study:/']);
	const labels = (line: string) => at(line).candidates.map(({label}) => label);
	expect(labels('ls temp')).toEqual(['temp', 'Temp-2']);
	expect(labels('ls emp')).toEqual(['temp', 'Temp-2', 'x-temp', 'the-map']);
	expect(labels('ls tmp')).toEqual(expect.arrayContaining(['temp', 'x-temp', 'the-map']));
});

test('duplicates are offered by id', async () => {
	await setUp({'a.txt': '1'}, []);
	const root = exchange.directoryId('Campus study:/');
	const second = exchange.addFile(root, 'a.txt', '22');
	listings.set(root, await exchange.listDirectory(root));
	const {candidates} = at('ls a');
	expect(candidates.map(({label}) => label).slice(0, 2)).toEqual(['a.txt', 'a.txt']);
	expect(candidates[1]).toMatchObject({insert: `id:${second} `, bytes: 2});
});

describe('what is not known yet', () => {
	test('is asked for and pending', () => {
		const deep = exchange.directoryId('Campus study:/weather/deep');
		expect(at('ls weather/deep/x')).toMatchObject({candidates: [], pending: true});
		expect(asked).toContain(deep);
	});

	test('without a data store says what selects one', () => {
		session = {...session, location: undefined};
		expect(at('ls nothing-such')).toMatchObject({
			candidates: [],
			reason: 'no data store is selected: `use NAME` selects one',
		});
	});

	test('a directory that does not exist is not pending', () => {
		expect(at('ls nowhere/x')).toMatchObject({candidates: [], pending: false});
	});

	test('stores', () => {
		const waiting = {...sources(), stores: () => undefined};
		expect(complete({line: 'use C', cursor: 5}, waiting)).toMatchObject({candidates: [], pending: true});
		const none = {...sources(), stores: () => null};
		expect(complete({line: 'use C', cursor: 5}, none)).toMatchObject({candidates: [], pending: false});
	});

	test('without a store, stores are offered for a path', () => {
		session = {...session, location: undefined};
		expect(inserts('ls ')).toEqual(["'Campus study:/'", "'Campus twin:/'", 'Wind:/']);
		expect(inserts("ls 'Wind:/")).toEqual(['Wind:/w.csv ']);
	});
});

test('of 10,000 names the best 100 come, all counted', async () => {
	const names = Array.from({length: 10_000}, (_, place) => [`hour-${place}.csv`, ''] as const);
	await setUp(Object.fromEntries(names), ['Campus study:/']);
	const completion = at('ls h');
	expect(completion.candidates).toHaveLength(100);
	expect(completion.total).toBe(10_000);
	expect(completion.candidates[1]!.label).toBe('hour-1.csv');
	expect(completion.common).toBe('hour-');
	expect(inserts('ls hr9999')).toContain('hour-9999.csv ');
});
