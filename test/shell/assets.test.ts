import {beforeEach, describe, expect, test} from 'vitest';
import {
	findAsset,
	resolveDatabase,
	resolveSelection,
	resolveSeries,
	type Selection,
	selectedDatabase,
} from '../../src/shell/assets.ts';
import {bindArgs} from '../../src/shell/bind-args.ts';
import type {Kind} from '../../src/shell/command.ts';
import type {Session} from '../../src/shell/session.ts';
import {evaluateWord, readWord} from '../../src/shell/word.ts';
import {type MemoryAsset, type MemoryExchange, memoryExchange} from '../support/memory-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';

const asset = (assetId: string, name: string | null, ...attributes: readonly string[]): MemoryAsset => ({
	assetId,
	name,
	attributes: Object.fromEntries(
		attributes.map(attribute => [attribute, [['2026-11-21T14:00:00Z', 1]] as const]),
	),
});
const assets = [
	asset('f1', 'Feeder 1', 'A kW', 'B kW', 'kVAR'),
	asset('f2', 'Feeder 2', 'A kW'),
	asset('f12', 'Feeder 12', 'A kW', 'Tap'),
	asset('p1', 'Pump', 'rpm'),
	asset('p2', 'Pump', 'rpm'),
	asset('nameless', null, 'x'),
	asset('t', 'Tap', 'position'),
	asset('c', 'Site: A', 'a,b', 'a', 'b', 'c:d'),
	asset('c2', 'Site', ' A', 'a'),
	asset('s', 'a*b', 'v'),
	asset('f1-twin', 'f1', 'twin'),
];

let exchange: MemoryExchange;
let session: Session;
beforeEach(() => {
	exchange = memoryExchange({}, {databases: {Microgrid: assets, Wind: [], 'Wind ': []}});
	session = {
		location: undefined,
		previous: undefined,
		database: exchange.database('Microgrid'),
		localDirectory: '/',
		status: 0,
	};
});
const where = () => ({exchange, session, local: memoryFiles({}), signal: new AbortController().signal});

const shown = ({chosen}: Selection) =>
	chosen.map(({asset, attributes}) => `${asset.assetId}: ${attributes.map(({name}) => name).join('|')}`);
const failure = (work: Promise<unknown>) =>
	work.then(
		() => expect.unreachable(),
		(error: unknown) => error,
	);

describe('databases', () => {
	test('are named by name or id', async () => {
		const {timeSeriesDbId} = exchange.database('Wind');
		expect((await resolveDatabase(where(), 'Wind')).timeSeriesDbId).toBe(timeSeriesDbId);
		expect((await resolveDatabase(where(), timeSeriesDbId)).name).toBe('Wind');
		expect((await resolveDatabase(where(), `id:${timeSeriesDbId}`)).name).toBe('Wind');
	});

	test('one that the cached list lacks is asked for', async () => {
		await resolveDatabase(where(), 'Wind');
		await exchange.connect().timeSeries.createDatabase({name: 'New'});
		expect((await resolveDatabase(where(), 'New')).name).toBe('New');
	});

	test('an unknown one is suggested, an ambiguous one lists its ids', async () => {
		expect(await failure(resolveDatabase(where(), 'Mikrogrid'))).toMatchObject({
			code: 'not-found',
			message: 'Mikrogrid: no such database',
			hint: 'did you mean Microgrid?',
		});
		const {timeSeriesDbId} = await exchange.timeSeries.createDatabase({name: 'Wind', description: 'new'});
		expect(await failure(resolveDatabase(where(), 'Wind'))).toMatchObject({
			code: 'ambiguous',
			details: [`id:${exchange.database('Wind').timeSeriesDbId}`, `id:${timeSeriesDbId}  new`],
		});
	});

	test('without a selected one the next step is said', () => {
		expect(() => selectedDatabase({session: {...session, database: undefined}})).toThrow(
			expect.objectContaining({code: 'usage', hint: '`databases` lists them, `db NAME` selects one'}),
		);
	});
});

describe('words of assets and attributes', () => {
	test.each<[words: string[], chosen: string[]]>([
		[['Feeder 1'], ['f1: A kW|B kW|kVAR']],
		[['f2'], ['f2: A kW']],
		[['id:f2'], ['f2: A kW']],
		[['nameless'], ['nameless: x']],
		// A name comes before an id, and an asset before an attribute.
		[['f1'], ['f1-twin: twin']],
		[['id:f1'], ['f1: A kW|B kW|kVAR']],
		[['Tap'], ['t: position']],
		[
			['Feeder 12', 'Feeder 1', 'A kW'],
			['f12: A kW', 'f1: A kW'],
		],
		[['kVAR', 'Feeder 1', 'A kW'], ['f1: kVAR|A kW']],
		[['Feeder 1', 'Feeder 2', 'kVAR'], ['f1: kVAR']],
		[['A kW'], ['f1: A kW', 'f2: A kW', 'f12: A kW']],
		[['Feeder 1', 'Feeder 1', 'kVAR', 'kVAR'], ['f1: kVAR']],
	])('%j', async (words, chosen) => {
		expect(shown(await resolveSeries(where(), words))).toEqual(chosen);
	});

	test('none means all', async () => {
		expect((await resolveSeries(where(), [])).chosen).toHaveLength(assets.length);
	});

	test.each<[words: string[], error: object]>([
		[
			['Feder 1'],
			{code: 'not-found', message: 'Feder 1: no such asset or attribute', hint: 'did you mean Feeder 1?'},
		],
		[['id:zzz'], {code: 'not-found', message: 'id:zzz: no such asset', hint: 'try `assets`'}],
		[[''], {code: 'not-found', message: "'': no such asset or attribute", hint: 'try `assets`'}],
		[['Pump'], {code: 'ambiguous', details: ['id:p1  rpm 1', 'id:p2  rpm 1']}],
		[
			['Feeder 1', 'kVA'],
			{code: 'not-found', message: 'kVA: no such attribute of Feeder 1', hint: 'did you mean kVAR?'},
		],
		[['Feeder 2', 'zzz'], {message: 'zzz: no such attribute of Feeder 2', hint: 'there is A kW'}],
		[
			['Feeder 1', 'Fedeer 2'],
			{message: 'Fedeer 2: no such attribute of Feeder 1', hint: 'did you mean Feeder 2?'},
		],
	])('%j is refused', async (words, error) => {
		expect(await failure(resolveSeries(where(), words))).toMatchObject(error);
	});

	test('an asset that cached values lack is asked for once, a known one not at all', async () => {
		await resolveSeries(where(), ['Feeder 1']);
		exchange.emit('Microgrid', 'new', {kW: 1}, '2026-11-21T14:00:00Z');
		expect(shown(await resolveSeries(where(), ['new']))).toEqual(['new: kW']);
		exchange.requests.length = 0;
		await resolveSeries(where(), ['Feeder 1']);
		expect(exchange.requests).toEqual([]);
		await failure(resolveSeries(where(), ['nothing']));
		expect(exchange.requests).toHaveLength(1);
	});

	test('an asset alone', async () => {
		const {assets: found} = await exchange.timeSeries.latest(exchange.database('Microgrid').timeSeriesDbId);
		expect(findAsset(found, 'Feeder 12').assetId).toBe('f12');
		expect(() => findAsset(found, 'Feedr 12')).toThrow(
			expect.objectContaining({message: 'Feedr 12: no such asset', hint: 'did you mean Feeder 12?'}),
		);
	});
});

describe('selections', () => {
	test.each<[words: string[], chosen: string[]]>([
		[['Feeder 1'], ['f1: A kW|B kW|kVAR']],
		[['Feeder 1:A kW'], ['f1: A kW']],
		[
			['Feeder 1:kVAR,A kW', 'Feeder 2'],
			['f1: kVAR|A kW', 'f2: A kW'],
		],
		[['Feeder 1:kVAR', 'Feeder 1:A kW'], ['f1: kVAR|A kW']],
		[['id:p2:rpm'], ['p2: rpm']],
		[['Site: A'], ['c: a,b|a|b|c:d']],
		[['Site: A:a,b'], ['c: a,b']],
		[['Site: A:b,a'], ['c: b|a']],
		[['Site: A:c:d,a,b,a'], ['c: c:d|a,b|a']],
		[['Site:a'], ['c2: a']],
	])('%j', async (words, chosen) => {
		expect(shown(await resolveSelection(where(), words))).toEqual(chosen);
	});

	test.each<[word: string, error: object]>([
		['Feder 1:kVAR', {message: 'Feder 1: no such asset', hint: 'did you mean Feeder 1?'}],
		['Feeder 1:kVA', {message: 'kVA: no such attribute of Feeder 1', hint: 'did you mean kVAR?'}],
		['Feeder 1:', {message: "'': no such attribute of Feeder 1"}],
		['Pump:rpm', {code: 'ambiguous'}],
		['id:zzz:rpm', {message: 'id:zzz: no such asset'}],
	])('%s is refused', async (word, error) => {
		expect(await failure(resolveSelection(where(), [word]))).toMatchObject(error);
	});
});

describe('globs', () => {
	const expanded = async (kind: Kind, typed: string, before?: string) => {
		const args = {
			asset: {kind: 'asset', optional: true, help: ''},
			words: {kind, many: true, help: ''},
		} as const;
		const read = (text: string) => [evaluateWord(readWord(text, 0).word, 0)];
		const words = new Map([['words', read(typed)]]);
		if (before !== undefined) words.set('asset', read(before));
		return (await bindArgs(where(), {args}, {words})).words;
	};

	test.each<[kind: Kind, typed: string, words: string[], before?: string]>([
		['asset', 'Feeder*', ['Feeder 1', 'Feeder 2', 'Feeder 12']],
		['asset', 'Feeder?{1,2}', ['Feeder 1', 'Feeder 2']],
		['asset', 'Pum?', ['id:p1', 'id:p2']],
		['asset', 'id:f?', ['Feeder 1', 'Feeder 2']],
		['asset', 'nameles*', ['id:nameless']],
		['asset', 'a*b', ['a*b']],
		['asset', "'Feeder*'", ['Feeder*']],
		['series', 'Feeder*', ['Feeder 1', 'Feeder 2', 'Feeder 12']],
		['series', 'A?kW', ['A kW']],
		['series', '*kW', ['A kW'], 'f2'],
		['attribute', '*W', ['A kW', 'B kW'], "'Feeder 1'"],
		['attribute', '*', ['A kW'], "'Feeder 2'"],
		['selection', 'Feeder*', ['Feeder 1', 'Feeder 2', 'Feeder 12']],
		['selection', 'Feeder*:A?kW', ['Feeder 1:A kW', 'Feeder 2:A kW', 'Feeder 12:A kW']],
		['selection', "'Feeder 1':*kW", ['Feeder 1:A kW,B kW']],
		['selection', 'P*:rpm', ['id:p1:rpm', 'id:p2:rpm']],
	])('%s %s', async (kind, typed, words, before) => {
		expect(await expanded(kind, typed, before)).toEqual(words);
	});

	test('what matches nothing is no match, and without a database nothing can', async () => {
		expect(await failure(expanded('series', 'zzz*'))).toMatchObject({
			code: 'not-found',
			message: 'zzz*: no match',
		});
		session = {...session, database: undefined};
		expect(await failure(expanded('asset', '*'))).toMatchObject({message: 'no database is selected'});
	});
});
