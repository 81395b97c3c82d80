import {mkdir, readdir, readFile, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type Desk, openDesk, stoppingDownloads} from './desk.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({
		'Campus study': {
			'readme.txt': 'hello\n',
			LICENSE: 'MIT\n',
			'.env': 'A=1\n',
			'empty.csv': '',
			'data.tar.gz': 'bytes',
			'it\'s "quoted" $HOME.txt': 'quotes',
			'two\nlines \x1b[31m.txt': 'escape',
			weather: {'a.csv': 'a', 'b.csv': 'b', deep: {'c.csv': 'c'}, nothing: {}},
		},
	});
});
afterAll(() => desk.close());

/** A fresh local directory for each test, in which the lines are run. */
let here: string;
let count = 0;
const run = (line: string | readonly string[], options: Parameters<Desk['run']>[1] = {}) =>
	desk.run(line, {...options, session: {localDirectory: here, ...options.session}});
const disk = async () => (await readdir(here, {recursive: true})).toSorted();
const local = (name: string) => readFile(path.join(here, name), 'utf8');
beforeEach(async () => {
	here = path.join(desk.directory, `test-${count++}`);
	await mkdir(here);
});

describe('where files go', () => {
	test('one word: the local directory, under its own name', async () => {
		const {status, records, notes} = await run('get readme.txt');
		expect(status).toBe(0);
		expect(await local('readme.txt')).toBe('hello\n');
		expect(records).toMatchObject([
			{path: '/readme.txt', localPath: path.join(here, 'readme.txt'), storageSizeBytes: 6},
		]);
		expect(notes).toEqual([`/readme.txt → ${path.join(here, 'readme.txt')}`]);
		expect(await disk()).toEqual(['readme.txt']);
	});

	test.each<[title: string, directories: readonly string[], line: string, expected: readonly string[]]>([
		['a new name', [], 'get readme.txt copy.txt', ['copy.txt']],
		['a local directory', ['box'], 'get readme.txt LICENSE box', ['box/LICENSE', 'box/readme.txt']],
		['a directory to be made', [], 'get readme.txt new/', ['new/readme.txt']],
		['the local directory by its dot', [], 'get weather/a.csv .', ['a.csv']],
		['the directory above', ['sub'], 'lcd sub; get LICENSE ..', ['LICENSE']],
		['a name of the Exchange is got', ['LICENSE.d'], 'get readme.txt LICENSE', ['LICENSE', 'readme.txt']],
		['-o is local', ['weather'], 'get readme.txt -o weather', ['weather/readme.txt']],
		['a glob', ['box'], 'get weather/*.csv box', ['box/a.csv', 'box/b.csv']],
		['-o names a file', [], 'get weather/a.csv -o x.csv', ['x.csv']],
	])('%s', async (_title, directories, line, expected) => {
		for (const directory of directories) await mkdir(path.join(here, directory));
		const {status, errors} = await run(line);
		expect(errors).toEqual([]);
		expect(status).toBe(0);
		expect((await disk()).filter(name => !directories.includes(name) && name !== 'new')).toEqual(expected);
	});

	test('a directory needs -r, and comes with everything in it, empty directories, too', async () => {
		const refused = await run('get weather');
		expect(refused.errors).toEqual(['weather: a directory (-r gets it with everything in it)']);
		expect(refused.status).toBe(1);
		expect(await disk()).toEqual([]);

		const {status, records} = await run('get -r weather');
		expect(status).toBe(0);
		expect(records).toHaveLength(3);
		expect(await disk()).toEqual([
			'weather',
			'weather/a.csv',
			'weather/b.csv',
			'weather/deep',
			'weather/deep/c.csv',
			'weather/nothing',
		]);
	});

	test('a directory under a new name, and the whole store', async () => {
		await run('get -r weather/deep other');
		expect(await disk()).toEqual(['other', 'other/c.csv']);
		const {status} = await run('get -r / all/');
		expect(status).toBe(0);
		expect(await disk()).toContain('all/Campus study/weather/deep/c.csv');
	});

	test('several files need a directory', async () => {
		expect((await run('get readme.txt LICENSE nowhere')).errors).toEqual([
			'nowhere: neither on the Exchange nor a local directory (try `ls`)',
		]);
		expect((await run('get readme.txt LICENSE -o nowhere')).errors).toEqual([
			'nowhere: no such local directory (nowhere/ makes one)',
		]);
		expect(await disk()).toEqual([]);
	});
});

describe('names', () => {
	test.each([
		'LICENSE',
		'.env',
		'data.tar.gz',
		'empty.csv',
		'it\'s "quoted" $HOME.txt',
		'two\nlines \x1b[31m.txt',
	])('%j comes under its exact name', async name => {
		const quoted = `$'${name.replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\x1b', '\\x1b')}'`;
		const {errors} = await run(`get ${quoted}`);
		expect(errors).toEqual([]);
		expect(await disk()).toEqual([name]);
	});

	test.each(['../outside.txt', '/etc/outside', '..', 'a/b', 'a\0b'])(
		'%j of the Exchange cannot leave the target directory',
		async name => {
			const [store] = await desk.exchange.listDataStores();
			const directoryId = store!.homeDirectoryId!;
			const listing = await desk.exchange.listDirectory(directoryId);
			const file = {...listing.entries.find(entry => entry.objectType === 'FILE')!, name, fileExtension: ''};
			const hostile = {
				...desk.exchange,
				listDirectory: async () => ({...listing, entries: [file]}),
				cachedListing: () => undefined,
			};
			const {status, errors} = await run('get -r /', {exchange: hostile});
			expect(status).toBe(1);
			expect(errors).toHaveLength(1);
			expect(errors[0]).toContain('not a name that a local file can have (get it by id, with -o NAME)');
			expect(await disk()).toEqual(['Campus study']);
		},
	);

	test('two files of one name: the name is ambiguous, the ids are not', async () => {
		const two = await openDesk({Store: {'x.csv': 'one'}});
		const [store] = await two.exchange.listDataStores();
		const {dataStoreId, homeDirectoryId} = store!;
		const id = await two.server.addFile(
			{dataStoreId, dataStoreDirectoryId: homeDirectoryId!},
			'x.csv',
			'two',
		);
		const {outputs, status} = await two.run('get x.csv');
		const [error] = outputs.flatMap(output => (output.kind === 'error' ? [output.error] : []));
		expect(error).toMatchObject({code: 'ambiguous'});
		expect(error!.details.join()).toContain(id);
		expect(status).toBe(1);

		expect((await two.run(`get id:${id} -o second.csv`)).status).toBe(0);
		expect(await two.disk()).toEqual({'second.csv': 'two'});

		const both = await two.run('get *.csv');
		expect(both.status).toBe(1);
		expect(both.errors[0]).toMatch(/another file of this get has that name \(get it alone: get id:/);
		expect(Object.keys(await two.disk())).toEqual(['second.csv', 'x.csv']);
		await two.close();
	});

	test('a missing name says what is like it, and the others come', async () => {
		const {status, errors, notes} = await run('get readme.tx weather/a.csv LICENSE');
		expect(errors).toEqual(['readme.tx: no such file or directory in / (did you mean readme.txt?)']);
		expect(status).toBe(1);
		expect(notes.at(-1)).toBe('2 done, 1 failed');
		expect(await disk()).toEqual(['LICENSE', 'a.csv']);
	});
});

describe('what is there already', () => {
	test('a foreign file at the target stays without -f', async () => {
		await writeFile(path.join(here, 'readme.txt'), 'mine');
		const {status, errors} = await run('get readme.txt');
		expect(status).toBe(1);
		expect(errors).toEqual([`${here}/readme.txt: exists already (-f replaces it)`]);
		expect(await local('readme.txt')).toBe('mine');
		expect((await run('get -f readme.txt')).status).toBe(0);
		expect(await local('readme.txt')).toBe('hello\n');
	});

	test('a foreign .part beside it stays', async () => {
		await writeFile(path.join(here, 'readme.txt.part'), 'mine');
		expect((await run('get readme.txt')).status).toBe(0);
		expect(await local('readme.txt.part')).toBe('mine');
		expect(await disk()).toEqual(['readme.txt', 'readme.txt.part']);
	});

	test('a directory of that name is never replaced', async () => {
		await mkdir(path.join(here, 'readme.txt'));
		const {errors} = await run('get -f readme.txt');
		expect(errors).toEqual([`${here}/readme.txt: a local directory bears that name`]);
	});

	test('a file where a directory should be fails what is in it, the rest comes', async () => {
		await mkdir(path.join(here, 'weather'));
		await writeFile(path.join(here, 'weather/deep'), 'mine');
		const {errors, notes} = await run('get -r weather');
		expect(errors).toEqual([
			`${here}/weather/deep: a local file bears that name`,
			`${here}/weather/deep/c.csv: part of that path is not a directory`,
		]);
		expect(notes.at(-1)).toBe('2 done, 2 failed');
		expect(await local('weather/deep')).toBe('mine');
	});

	test('a dangling link counts as something that is there', async () => {
		await symlink('/nowhere/at/all', path.join(here, 'readme.txt'));
		expect((await run('get readme.txt')).errors).toEqual([
			`${here}/readme.txt: exists already (-f replaces it)`,
		]);
	});

	test('a local directory that is missing is named', async () => {
		expect((await run('get readme.txt no/such/file')).errors).toEqual([
			`${here}/no/such: no such local directory`,
		]);
	});
});

describe('when it breaks', () => {
	test('a dropped connection leaves nothing behind and names the file', async () => {
		const exchange = stoppingDownloads(desk.exchange, 3, 'drop');
		const {status, errors, outputs} = await run('get readme.txt', {exchange});
		expect(outputs.findLast(({kind}) => kind === 'progress')).toMatchObject({done: true, failed: true});
		expect(errors).toEqual(['/readme.txt: the file store: the connection dropped']);
		expect(status).toBe(3);
		expect(await disk()).toEqual([]);
	});

	test('with -f a dropped connection leaves the old file as it was', async () => {
		await writeFile(path.join(here, 'readme.txt'), 'mine');
		await run('get -f readme.txt', {exchange: stoppingDownloads(desk.exchange, 3, 'drop')});
		expect(await local('readme.txt')).toBe('mine');
		expect(await disk()).toEqual(['readme.txt']);
	});

	test('fewer bytes than promised are an error', async () => {
		const exchange = {
			...desk.exchange,
			download: async (...call: Parameters<typeof desk.exchange.download>) => ({
				...(await desk.exchange.download(...call)),
				size: 7,
			}),
		};
		const {status, errors} = await run('get readme.txt', {exchange});
		expect(errors).toEqual([`${here}/readme.txt: 6 of 7 bytes arrived (try again)`]);
		expect(status).toBe(3);
		expect(await disk()).toEqual([]);
	});

	test('Ctrl-C while the server is silent ends it, tidies up, and the session goes on', async () => {
		const stop = new AbortController();
		const silent = stoppingDownloads(desk.exchange, 3, 'silence');
		const watched = {
			...desk.local,
			write: (...[file, body, options]: Parameters<typeof desk.local.write>) =>
				desk.local.write(file, body, {
					...options,
					onProgress: bytes => {
						options.onProgress?.(bytes);
						stop.abort();
					},
				}),
		};
		const {status, errors, outputs} = await run('get readme.txt', {
			exchange: silent,
			local: watched,
			signal: stop.signal,
		});
		expect(errors).toEqual(['cancelled']);
		expect(outputs.filter(output => output.kind === 'progress' && output.done)).toEqual([]);
		expect(status).toBe(130);
		expect(await disk()).toEqual([]);
		expect((await run('get readme.txt')).status).toBe(0);
	});

	test('a full disk is one clear line', async () => {
		const full = {
			...desk.local,
			write: async (file: string) => {
				throw new ShellError('local', `${file}: the local disk is full`, {hint: 'make room and try again'});
			},
		};
		const {status, errors} = await run('get readme.txt', {local: full});
		expect(errors).toEqual([`${here}/readme.txt: the local disk is full (make room and try again)`]);
		expect(status).toBe(1);
	});

	test('a lost Exchange ends a batch instead of failing at each file', async () => {
		let asked = 0;
		const exchange = {
			...desk.exchange,
			download: async () => {
				asked++;
				throw new ShellError('connection', 'the file store: connection refused');
			},
		};
		const {status, notes} = await run('get -r /', {exchange});
		expect(status).toBe(3);
		expect(asked).toBeLessThan(9);
		expect(notes.at(-1)).toMatch(/^0 done, \d failed, \d not tried$/);
	});

	test('a file whose size nobody knows comes whole', async () => {
		const exchange = {
			...desk.exchange,
			listDirectory: async (...call: Parameters<typeof desk.exchange.listDirectory>) => {
				const listing = await desk.exchange.listDirectory(...call);
				return {...listing, entries: listing.entries.map(entry => ({...entry, storageSizeBytes: null}))};
			},
			download: async (...call: Parameters<typeof desk.exchange.download>) => ({
				...(await desk.exchange.download(...call)),
				size: null,
			}),
		};
		expect((await run('get readme.txt', {exchange})).status).toBe(0);
		expect(await local('readme.txt')).toBe('hello\n');
	});
});

test('JSON: a line for each file', async () => {
	const {text} = await run('get --json weather/a.csv weather/b.csv', {json: false});
	expect(
		text
			.trim()
			.split('\n')
			.map(line => JSON.parse(line).path),
	).toEqual(['/weather/a.csv', '/weather/b.csv']);
});

test('a pipe gets no words of a person', async () => {
	expect((await run('get LICENSE')).text).toBe('');
});

test('the local directory is not the one of the program', async () => {
	await mkdir(path.join(here, 'sub'));
	await run(['lcd sub', 'get LICENSE']);
	expect(await disk()).toEqual(['sub', 'sub/LICENSE']);
});
