import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Desk, openDesk, stoppingDownloads} from './desk.ts';

const content = {
	'a.csv': 'aa',
	'empty.txt': '',
	cases: {deep: {'two.csv': '22'}, nothing: {}, 'one.csv': '1'},
	weather: {'a.csv': 'other a'},
};
const {cases, weather} = content;
let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({'Campus study': content, Other: {}});
});
afterEach(() => desk.close());

test.each<[title: string, line: string, expected: object]>([
	['a new name', 'cp a.csv z.tar.gz', {...content, 'z.tar.gz': 'aa'}],
	['an empty file', 'cp empty.txt e', {...content, e: ''}],
	[
		'into a directory',
		'cp a.csv empty.txt cases',
		{...content, cases: {...cases, 'a.csv': 'aa', 'empty.txt': ''}},
	],
	['a directory', 'cp -r cases copy', {...content, copy: cases}],
	['a directory into another', 'cp -r cases weather', {...content, weather: {...weather, cases}}],
	['with -f over what is there', 'cp -f a.csv weather', {...content, weather: {'a.csv': 'aa'}}],
])('%s', async (_title, line, expected) => {
	const {errors, status, notes} = await desk.run(line);
	expect(errors).toEqual([]);
	expect(status).toBe(0);
	expect(notes.at(-1)).toMatch(/^\d files? copied through this machine$/);
	expect(await desk.remote()).toEqual(expected);
});

test('between data stores, descriptions, too', async () => {
	await desk.run('describe a.csv first run');
	expect((await desk.run("cp -r a.csv cases 'Other:/'")).status).toBe(0);
	expect(await desk.remote()).toEqual(content);
	expect(await desk.remote('Other')).toEqual({'a.csv': 'aa', cases});
	expect((await desk.run("describe 'Other:/a.csv'")).text).toBe('first run\n');
});

test('a whole store into a directory', async () => {
	await desk.run("mkdir 'Other:/backup'");
	expect((await desk.run("cp -r / 'Other:/backup'")).status).toBe(0);
	expect(await desk.remote('Other')).toEqual({backup: {'Campus study': content}});
});

test.each([
	['a directory without -r', 'cp cases copy', 'cases: a directory (-r copies it with everything in it)'],
	['into itself', 'cp -r cases cases/deep', 'cases: a directory cannot be copied into itself'],
	['a root into itself', 'cp -r / cases', '/: a directory cannot be copied into itself'],
	['onto itself', 'cp -f a.csv a.csv', '/a.csv: cannot be copied onto itself'],
	['over what is there', 'cp a.csv weather', '/weather/a.csv: exists already (-f replaces it)'],
	['nowhere', 'cp a.csv', 'what to copy and where to is needed (try `cp --help`)'],
	['a missing one', 'cp b.csv weather', 'b.csv: no such file or directory in / (did you mean a.csv?)'],
])('refused: %s', async (_title, line, error) => {
	const {errors, status} = await desk.run(line);
	expect(errors).toEqual([error]);
	expect(status).toBeGreaterThan(0);
	expect(await desk.remote()).toEqual(content);
});

test.each([
	['the download tells it', (size: number | null) => size],
	['nobody does', () => null],
])('a size that no listing tells: %s', async (_title, tell) => {
	const exchange = {
		...desk.exchange,
		listDirectory: async (...call: Parameters<typeof desk.exchange.listDirectory>) => {
			const listing = await desk.exchange.listDirectory(...call);
			return {...listing, entries: listing.entries.map(entry => ({...entry, storageSizeBytes: null}))};
		},
		download: async (...call: Parameters<typeof desk.exchange.download>) => {
			const {size, body} = await desk.exchange.download(...call);
			return {size: tell(size), body};
		},
	};
	const {errors} = await desk.run('cp a.csv z.csv', {exchange});
	expect(errors).toEqual([]);
	expect(await desk.remote()).toEqual({...content, 'z.csv': 'aa'});
});

test('a connection that drops leaves no half copy', async () => {
	const {errors, status} = await desk.run('cp a.csv z.csv', {
		exchange: stoppingDownloads(desk.exchange, 1, 'drop'),
	});
	expect(errors).toHaveLength(1);
	expect(errors[0]).toMatch(/^\/z.csv: .*dropped/);
	expect(status).toBe(3);
	expect(await desk.remote()).toEqual(content);
});
