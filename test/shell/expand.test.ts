import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Kind} from '../../src/shell/command.ts';
import {expandWord} from '../../src/shell/expand.ts';
import {parseLine} from '../../src/shell/parse-line.ts';
import {entryId} from '../../src/shell/paths.ts';
import {resolveEntry, rootOf} from '../../src/shell/resolve.ts';
import type {Session} from '../../src/shell/session.ts';
import {evaluateWord} from '../../src/shell/word.ts';
import {type MemoryExchange, memoryExchange, type Tree} from '../support/memory-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';

async function contextOf(tree: Tree, files: Record<string, string> = {}) {
	const exchange = memoryExchange({Study: tree, Other: {'o.csv': ''}});
	const [store] = await exchange.listDataStores();
	exchange.requests.length = 0;
	const session: Session = {
		location: rootOf(store!),
		previous: undefined,
		database: undefined,
		localDirectory: '/work',
		status: 0,
	};
	return {exchange, session, local: memoryFiles(files), signal: new AbortController().signal};
}

function wordOf(text: string) {
	const [statement] = parseLine(`cat ${text}`);
	if (statement?.kind !== 'command') throw new Error('no word');
	return evaluateWord(statement.words[1]!, 0);
}

describe('over the Exchange', () => {
	const tree: Tree = {
		weather: {'a.csv': '', 'b.csv': '', 'b.txt': '', '.hidden.csv': '', deep: {'c.csv': ''}},
		wind: {'w10.csv': '', 'w9.csv': ''},
		'.dot': {'d.csv': ''},
		'x.csv': '',
		'-rf': '',
		'*': '',
		'a b': {'*.csv': ''},
	};
	test.each<[word: string, paths: string[], kind?: Kind]>([
		['*.csv', ['x.csv']],
		['*', ['./-rf', '*', 'a b', 'weather', 'wind', 'x.csv']],
		["'*'", ['*']],
		['\\*', ['*']],
		['x.csv', ['x.csv']],
		['w*/*.csv', ['weather/a.csv', 'weather/b.csv', 'wind/w9.csv', 'wind/w10.csv']],
		['weather/[!a].*', ['weather/b.csv', 'weather/b.txt']],
		['weather/.*', ['weather/.hidden.csv']],
		['.*/*', ['.dot/d.csv']],
		[
			'**/*.csv',
			[
				'x.csv',
				'a b/*.csv',
				'weather/a.csv',
				'weather/b.csv',
				'weather/deep/c.csv',
				'wind/w9.csv',
				'wind/w10.csv',
			],
		],
		['weather/**', ['weather/a.csv', 'weather/b.csv', 'weather/b.txt', 'weather/deep', 'weather/deep/c.csv']],
		['**/deep/**/*.csv', ['weather/deep/c.csv']],
		['{x,y}.csv', ['x.csv', 'y.csv']],
		['weather/{a,c}*', ['weather/a.csv']],
		['/w*/b.*', ['/weather/b.csv', '/weather/b.txt']],
		['~/x.*', ['~/x.csv']],
		['Other:/*', ['Other:/o.csv']],
		['weather/../wi*', ['weather/../wind']],
		['w*/', ['weather', 'wind']],
		['*', ['a b', 'weather', 'wind'], 'directory'],
		["'a b'/*", ['a b/*.csv']],
		['*.csv', ['*.csv'], 'text'],
	])('%s stands for %j', async (word, paths, kind = 'path') => {
		const context = await contextOf(tree);
		expect(await expandWord(context, wordOf(word), kind)).toEqual(paths);
	});

	test('only the directories that can match are listed', async () => {
		const context = await contextOf(tree);
		await expandWord(context, wordOf('weather/*.csv'), 'path');
		const ids = ['Study:/', 'Study:/weather'].map(
			path => `listDirectory ${context.exchange.directoryId(path)}`,
		);
		expect(context.exchange.requests).toEqual(ids);
	});

	test('no match is an error that points at the word', async () => {
		const context = await contextOf(tree);
		await expect(expandWord(context, wordOf('*.pdf'), 'path')).rejects.toMatchObject({
			code: 'not-found',
			message: '*.pdf: no match',
			at: {start: 4, end: 9},
		});
	});

	test('duplicates and names that no path can hold come by id', async () => {
		const context = await contextOf({'a.csv': '', 'b.csv': ''});
		const root = context.exchange.directoryId('Study:/');
		const ids = [context.exchange.addFile(root, 'a.csv'), context.exchange.addFile(root, 'x/y.csv')];
		const [first] = context.exchange.idsOf('Study:/', 'a.csv');
		expect(await expandWord(context, wordOf('*.csv'), 'path')).toEqual([
			`id:${first}`,
			`id:${ids[0]}`,
			'b.csv',
			`id:${ids[1]}`,
		]);
	});

	test('Ctrl-C ends a long walk', async () => {
		const context = await contextOf(tree);
		const signal = AbortSignal.abort();
		await expect(expandWord({...context, signal}, wordOf('**'), 'path')).rejects.toMatchObject({
			code: 'cancelled',
		});
	});

	test('whatever a file is called, the path it expands to names it and only it', async () => {
		const name = fc
			.oneof(
				fc.string({unit: 'binary', minLength: 1, maxLength: 8}),
				fc.string({
					unit: fc.constantFrom(...'*?[]{}!-,.\\\'"\n\x1b/a$#~: '.split('')),
					minLength: 1,
					maxLength: 6,
				}),
				fc.constantFrom('..', '.', '../x', 'id:dataStoreFileId.1', 'Other:', '-', '~', '-rf', '*'),
			)
			// A last dot is lost by the Exchange's own splitting of names.
			.filter(text => text.indexOf('.') !== text.length - 1);
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(name, {maxLength: 6}), async names => {
				const context = await contextOf({});
				const root = context.exchange.directoryId('Study:/');
				const ids = names.map(text => context.exchange.addFile(root, text));
				const visible = ids.filter((_, at) => !names[at]!.startsWith('.'));
				const hidden = ids.filter((_, at) => names[at]!.startsWith('.'));
				expect(await resolveAll(context, '*')).toEqual(visible.toSorted());
				expect(await resolveAll(context, '.*')).toEqual(hidden.toSorted());
			}),
			{numRuns: 100},
		);
	});

	type Context = Awaited<ReturnType<typeof contextOf>> & {readonly exchange: MemoryExchange};
	async function resolveAll(context: Context, pattern: string): Promise<string[]> {
		const paths = await expandWord(context, wordOf(pattern), 'path').catch(() => []);
		const targets = await Promise.all(paths.map(path => resolveEntry(context, path)));
		return targets.map(({entry}) => entryId(entry!)).toSorted();
	}
});

describe('over the local disk', () => {
	const files = {
		'/work/a.csv': '',
		'/work/b.csv': '',
		'/work/.x.csv': '',
		'/work/sub/c.csv': '',
		'/work/~odd.txt': '',
		'/home/h.csv': '',
	};
	test.each<[word: string, paths: string[], kind?: Kind]>([
		['*.csv', ['a.csv', 'b.csv']],
		['*.txt', ['./~odd.txt']],
		['**/*.csv', ['a.csv', 'b.csv', 'sub/c.csv']],
		['s*/*', ['sub/c.csv']],
		['../home/*', ['../home/h.csv']],
		['/work/b*', ['/work/b.csv']],
		['~/*', ['~/h.csv']],
		['*', ['sub'], 'local-directory'],
		['{a,z}.csv', ['a.csv', 'z.csv']],
	])('%s stands for %j', async (word, paths, kind = 'local') => {
		const context = await contextOf({}, files);
		expect(await expandWord(context, wordOf(word), kind)).toEqual(paths);
	});
});

test('10,000 names are matched in slices that let other work through', async () => {
	const names = Array.from({length: 10_000}, (_, at) => [`hour-${at}.csv`, ''] as const);
	const context = await contextOf(Object.fromEntries(names));
	let turns = 0;
	const ticking = setInterval(() => turns++, 0);
	const paths = await expandWord(context, wordOf('hour-*[0-9].csv'), 'path');
	clearInterval(ticking);
	expect(paths).toHaveLength(10_000);
	expect(paths[2]).toBe('hour-2.csv');
	expect(turns).toBeGreaterThan(0);
});
