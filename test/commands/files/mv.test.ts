import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type Desk, openDesk} from './desk.ts';

const content = {
	'a.csv': 'aa',
	'b.csv': 'bbb',
	LICENSE: 'MIT',
	cases: {deep: {'two.csv': '22'}, 'one.csv': '1'},
	weather: {'a.csv': 'other a'},
};
const {'a.csv': a, 'b.csv': b, cases, weather, LICENSE} = content;
let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({'Campus study': content, Other: {}});
});
afterEach(() => desk.close());

const uploads = () => {
	const sent: string[] = [];
	const exchange = {
		...desk.exchange,
		upload: (...call: Parameters<typeof desk.exchange.upload>) => {
			sent.push(call[0].fileName);
			return desk.exchange.upload(...call);
		},
	};
	return {sent, exchange};
};

test.each<[title: string, line: string, expected: object]>([
	['a new name', 'mv a.csv z.csv', {'b.csv': b, 'z.csv': a, cases, weather, LICENSE}],
	[
		'a new name without extension',
		'mv LICENSE COPYING',
		{'a.csv': a, 'b.csv': b, cases, weather, COPYING: LICENSE},
	],
	[
		'into a directory',
		'mv b.csv LICENSE cases',
		{'a.csv': a, weather, cases: {...cases, 'b.csv': b, LICENSE}},
	],
	[
		'into a directory under a new name',
		'mv a.csv cases/x.csv',
		{'b.csv': b, LICENSE, weather, cases: {...cases, 'x.csv': a}},
	],
	['a directory under a new name', 'mv cases old', {'a.csv': a, 'b.csv': b, LICENSE, weather, old: cases}],
	[
		'a directory into another',
		'mv cases weather',
		{'a.csv': a, 'b.csv': b, LICENSE, weather: {...weather, cases}},
	],
	['up', 'cd cases/deep; mv two.csv ..', {...content, cases: {...cases, deep: {}, 'two.csv': '22'}}],
	['a glob', 'mv *.csv cases', {LICENSE, weather, cases: {...cases, 'a.csv': a, 'b.csv': b}}],
])('%s, without moving a byte', async (_title, line, expected) => {
	const {sent, exchange} = uploads();
	const {errors, status} = await desk.run(line, {exchange});
	expect(errors).toEqual([]);
	expect(status).toBe(0);
	expect(sent).toEqual([]);
	expect(await desk.remote()).toEqual(expected);
});

describe('what the Exchange cannot do itself goes through this machine, and is said', () => {
	test('another extension; the description stays', async () => {
		await desk.run('describe a.csv first run');
		const {sent, exchange} = uploads();
		const {errors, notes} = await desk.run('mv a.csv a.tar.gz', {exchange});
		expect(errors).toEqual([]);
		expect(sent).toEqual(['a.tar.gz']);
		expect(notes).toEqual(['a.csv → /a.tar.gz: copied through this machine, the original deleted']);
		expect(await desk.remote()).toEqual({'a.tar.gz': a, 'b.csv': b, LICENSE, cases, weather});
		expect((await desk.run('describe a.tar.gz')).text).toBe('first run\n');
	});

	test('to another data store, directories with everything in them', async () => {
		const {errors, status} = await desk.run("mv a.csv cases 'Other:/'");
		expect(errors).toEqual([]);
		expect(status).toBe(0);
		expect(await desk.remote()).toEqual({'b.csv': b, LICENSE, weather});
		expect(await desk.remote('Other')).toEqual({'a.csv': a, cases});
	});

	test('when the copy fails the original stays', async () => {
		const exchange = {
			...desk.exchange,
			upload: async () => {
				throw new ShellError('connection', 'the file store: the connection dropped');
			},
		};
		const {errors, status} = await desk.run("mv a.csv cases 'Other:/'", {exchange});
		expect(errors).toContain('/a.csv: the file store: the connection dropped');
		expect(status).toBe(3);
		expect(await desk.remote()).toEqual(content);
	});
});

describe('what is there already', () => {
	test('stays without -f, is replaced with it', async () => {
		const {errors, status} = await desk.run('mv a.csv weather');
		expect(errors).toEqual(['/weather/a.csv: exists already (-f replaces it)']);
		expect(status).toBe(1);
		expect(await desk.remote()).toEqual(content);
		expect((await desk.run('mv -f a.csv weather')).status).toBe(0);
		expect(await desk.remote()).toEqual({'b.csv': b, LICENSE, cases, weather: {'a.csv': a}});
	});

	test('with -f the old one is deleted last', async () => {
		const exchange = {
			...desk.exchange,
			updateFile: async () => {
				throw new ShellError('denied', 'you have no permission for this');
			},
		};
		expect((await desk.run('mv -f a.csv weather', {exchange})).errors).toEqual([
			'a.csv: you have no permission for this',
		]);
		expect(await desk.remote()).toEqual(content);
	});

	test('a directory is never replaced', async () => {
		await desk.run('mkdir weather/cases');
		expect((await desk.run('mv -f cases weather')).errors).toEqual([
			'/weather/cases: a directory bears that name',
		]);
	});

	test('a file onto itself', async () => {
		expect((await desk.run('mv -f a.csv a.csv')).errors).toEqual([
			'a.csv: is there already, under that name',
		]);
		expect((await desk.run('mv a.csv .')).status).toBe(1);
		expect(await desk.remote()).toEqual(content);
	});

	test('two files to one name', async () => {
		const {errors} = await desk.run('mv a.csv weather/a.csv cases');
		expect(errors).toEqual([
			'/cases/a.csv: two of these would bear that name (one at a time, each with a name of its own)',
		]);
	});
});

test.each([
	['into itself', 'mv cases cases', 'cases: a directory cannot be moved into itself'],
	['into one of its own', 'mv cases cases/deep', 'cases: a directory cannot be moved into itself'],
	['the one you are in', 'cd cases/deep; mv /cases /weather', '/cases: you are in it (`cd` out of it first)'],
	['a root', 'mv / weather', '/: the root of a data store cannot be moved'],
	['nowhere', 'mv a.csv', 'what to move and where to is needed (try `mv --help`)'],
	['several to a new name', 'mv a.csv b.csv new', 'new: no such directory in / (try `ls`)'],
	['a file as directory', 'mv a.csv b.csv LICENSE', 'LICENSE: a file, not a directory'],
	['a missing one', 'mv a.cvs z', 'a.cvs: no such file or directory in / (did you mean a.csv?)'],
])('refused: %s', async (_title, line, error) => {
	const {errors, status} = await desk.run(line);
	expect(errors).toEqual([error]);
	expect(status).toBeGreaterThan(0);
	expect(await desk.remote()).toEqual(content);
});
