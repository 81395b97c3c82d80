import {chmod, mkdir, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type Desk, openDesk} from './desk.ts';

let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({'Campus study': {'old.csv': 'old', weather: {'a.csv': 'a'}}});
});
afterEach(() => desk.close());

async function* piped(...chunks: string[]) {
	for (const chunk of chunks) yield new TextEncoder().encode(chunk);
}
const remains = {'old.csv': 'old', weather: {'a.csv': 'a'}};

describe('where files go', () => {
	test('one word: the current directory, under its own name', async () => {
		await desk.write('result.csv', '1,2\n');
		const {status, records, notes} = await desk.run('put result.csv');
		expect(status).toBe(0);
		expect(records).toMatchObject([
			{
				path: '/result.csv',
				name: 'result',
				fileExtension: 'csv',
				storageSizeBytes: 4,
				s3ConfirmedUpload: true,
			},
		]);
		expect(notes).toEqual([`${desk.directory}/result.csv → /result.csv`]);
		expect(await desk.remote()).toEqual({'old.csv': 'old', 'result.csv': '1,2\n', weather: {'a.csv': 'a'}});
	});

	test.each([
		['a directory', 'put x.csv y.csv weather', {weather: {'a.csv': 'a', 'x.csv': 'x', 'y.csv': 'y'}}],
		['a directory by its path', 'put x.csv /weather/', {weather: {'a.csv': 'a', 'x.csv': 'x'}}],
		['a new name', 'put x.csv z.csv', {'z.csv': 'x'}],
		['a new name in a directory', 'put x.csv weather/z.csv', {weather: {'a.csv': 'a', 'z.csv': 'x'}}],
		['-o is a name', 'put x.csv -o z.tar.gz', {'z.tar.gz': 'x'}],
		['-d and -o', 'put x.csv -d weather -o z', {weather: {'a.csv': 'a', z: 'x'}}],
		['-d', 'put *.csv -d weather', {weather: {'a.csv': 'a', 'x.csv': 'x', 'y.csv': 'y'}}],
		['a glob', 'put *.csv', {'x.csv': 'x', 'y.csv': 'y'}],
		['the current directory by its dot', 'cd weather; put x.csv .', {weather: {'a.csv': 'a', 'x.csv': 'x'}}],
	])('%s', async (_title, line, expected) => {
		await desk.write('x.csv', 'x');
		await desk.write('y.csv', 'y');
		const {status, errors} = await desk.run(line);
		expect(errors).toEqual([]);
		expect(status).toBe(0);
		expect(await desk.remote()).toEqual({...remains, ...expected});
	});

	test('a directory needs -r, and goes with everything in it', async () => {
		await desk.write('cases/one.csv', '1');
		await desk.write('cases/deep/two.csv', '2');
		await mkdir(path.join(desk.directory, 'cases/nothing'));
		expect((await desk.run('put cases')).errors).toEqual([
			'cases: a local directory (-r puts it with everything in it)',
		]);
		expect((await desk.run('put -r cases')).status).toBe(0);
		const cases = {deep: {'two.csv': '2'}, nothing: {}, 'one.csv': '1'};
		expect(await desk.remote()).toEqual({...remains, cases});

		// A second time: directories are the same ones, files are there already.
		const again = await desk.run('put -r cases');
		expect(again.status).toBe(1);
		expect(again.errors).toHaveLength(2);
		expect((await desk.run('put -rf cases')).status).toBe(0);
		expect(await desk.remote()).toEqual({...remains, cases});
	});

	test('a link to a directory inside is not followed, since it may lead round', async () => {
		await desk.write('cases/one.csv', '1');
		await symlink('..', path.join(desk.directory, 'cases/up'));
		const {errors} = await desk.run('put -r cases');
		expect(errors).toEqual([
			`${desk.directory}/cases/up: a link to a directory is not followed (put it by its own name)`,
		]);
		expect(await desk.remote()).toEqual({...remains, cases: {'one.csv': '1'}});
	});

	test('a directory of the Exchange that is missing', async () => {
		await desk.write('x.csv', 'x');
		const {errors} = await desk.run('put x.csv -d waether');
		expect(errors).toEqual(['waether: no such directory in / (did you mean weather?)']);
	});
});

describe('what goes', () => {
	test.each([
		'LICENSE',
		'.env',
		'data.tar.gz',
		`it's "quoted" $HOME.txt`,
		'two\nlines \x1b[31m.txt',
		'-dash',
	])('%j arrives under its exact name', async name => {
		await desk.write(name, 'content');
		const {errors} = await desk.run('put *');
		const hidden = name.startsWith('.') ? await desk.run(`put ${name}`) : undefined;
		expect(hidden?.errors ?? errors).toEqual([]);
		expect(await desk.remote()).toEqual({...remains, [name]: 'content'});
	});

	test('an empty file', async () => {
		await desk.write('empty.csv', '');
		expect((await desk.run('put empty.csv')).status).toBe(0);
		expect(await desk.remote()).toEqual({...remains, 'empty.csv': ''});
	});

	test('a description', async () => {
		await desk.write('x.csv', 'x');
		await desk.run('put x.csv -m "second run"');
		expect((await desk.run('describe x.csv')).records).toMatchObject([{description: 'second run'}]);
	});

	test('piped input under a name', async () => {
		const {status, errors} = await desk.run('put - -o notes.txt', {input: piped('one ', 'two')});
		expect(errors).toEqual([]);
		expect(status).toBe(0);
		expect(await desk.remote()).toEqual({...remains, 'notes.txt': 'one two'});
		expect((await desk.run('put - notes-2.txt', {input: piped('')})).status).toBe(0);
	});

	test('piped input needs a name and something that is piped', async () => {
		expect((await desk.run('put -', {input: piped('x')})).errors).toEqual([
			'-: piped input needs a name (-o NAME)',
		]);
		expect((await desk.run('put - -o x')).errors).toEqual(['-: nothing is piped in']);
		expect((await desk.run('put - -o x')).status).toBe(2);
	});
});

describe('what is there already', () => {
	beforeEach(() => desk.write('old.csv', 'new'));

	test('stays without -f', async () => {
		const {status, errors} = await desk.run('put old.csv');
		expect(errors).toEqual(['/old.csv: exists already (-f replaces it)']);
		expect(status).toBe(1);
		expect(await desk.remote()).toEqual(remains);
	});

	test('is seen even when another client has just put it there', async () => {
		await desk.write('late.csv', 'mine');
		await desk.run('ls');
		const [store] = await desk.exchange.listDataStores();
		const home = {dataStoreId: store!.dataStoreId, dataStoreDirectoryId: store!.homeDirectoryId!};
		await desk.server.addFile(home, 'late.csv', 'theirs');
		expect((await desk.run('put late.csv')).errors).toEqual(['/late.csv: exists already (-f replaces it)']);
	});

	test('is deleted with -f only once the new one is confirmed', async () => {
		const order: string[] = [];
		const exchange = {
			...desk.exchange,
			upload: async (...call: Parameters<typeof desk.exchange.upload>) => {
				const file = await desk.exchange.upload(...call);
				order.push(`confirmed ${file.s3ConfirmedUpload}`);
				return file;
			},
			deleteFile: async (...call: Parameters<typeof desk.exchange.deleteFile>) => {
				order.push('deleted');
				await desk.exchange.deleteFile(...call);
			},
		};
		expect((await desk.run('put -f old.csv', {exchange})).status).toBe(0);
		expect(order).toEqual(['confirmed true', 'deleted']);
		expect(await desk.remote()).toEqual({...remains, 'old.csv': 'new'});
	});

	test('stays with -f when the upload fails', async () => {
		const exchange = {
			...desk.exchange,
			upload: async () => {
				throw new ShellError('connection', 'the file store: the connection dropped');
			},
		};
		const {status, errors} = await desk.run('put -f old.csv', {exchange});
		expect(errors).toEqual(['/old.csv: the file store: the connection dropped']);
		expect(status).toBe(3);
		expect(await desk.remote()).toEqual(remains);
	});

	test('is never guessed at when two bear the name', async () => {
		const [store] = await desk.exchange.listDataStores();
		const home = {dataStoreId: store!.dataStoreId, dataStoreDirectoryId: store!.homeDirectoryId!};
		await desk.server.addFile(home, 'old.csv', 'other');
		const {errors} = await desk.run('put -f old.csv');
		expect(errors).toEqual(['/old.csv: 2 files bear that name (remove all but one, by id)']);
	});

	test('a directory of that name is never replaced', async () => {
		await desk.write('x.csv', 'x');
		expect((await desk.run('put -f x.csv -o weather')).errors).toEqual([
			'/weather: a directory bears that name',
		]);
	});

	test('two local files of one name: the second is refused', async () => {
		await desk.write('one/x.csv', '1');
		await desk.write('two/x.csv', '2');
		const {status, errors} = await desk.run('put one/x.csv two/x.csv');
		expect(status).toBe(1);
		expect(errors).toEqual([
			'/x.csv: two of these would bear that name (one at a time, each with a name of its own)',
		]);
		expect(await desk.remote()).toEqual({...remains, 'x.csv': '1'});
	});
});

describe('when it breaks', () => {
	test('a local file that is not there, one that is vanished by now, and a good one', async () => {
		await desk.write('x.csv', 'x');
		await desk.write('gone.csv', 'y');
		const vanishing = {
			...desk.local,
			read: async (file: string) => {
				if (!file.endsWith('gone.csv')) return desk.local.read(file);
				throw new ShellError('not-found', `${file}: no such local file or directory`);
			},
		};
		const {status, errors, notes} = await desk.run('put x.csv gone.csv never.csv -d .', {local: vanishing});
		expect(status).toBe(1);
		expect(errors).toEqual([
			'never.csv: no such local file (try `lls`)',
			`${desk.directory}/gone.csv: no such local file or directory`,
		]);
		expect(notes.at(-1)).toBe('1 done, 2 failed');
		expect(await desk.remote()).toEqual({...remains, 'x.csv': 'x'});
	});

	test.skipIf(process.getuid?.() === 0)('an unreadable file', async () => {
		await chmod(await desk.write('secret.csv', 'x'), 0);
		expect((await desk.run('put secret.csv')).errors).toEqual([
			`${desk.directory}/secret.csv: permission denied on this machine`,
		]);
		expect(await desk.remote()).toEqual(remains);
	});

	test('a file that grows while it is sent leaves no record', async () => {
		const file = await desk.write('growing.csv', 'x'.repeat(100));
		const growing = {
			...desk.local,
			read: async (name: string) => {
				const opened = await desk.local.read(name);
				await writeFile(file, 'x'.repeat(200));
				return opened;
			},
		};
		const {status, errors} = await desk.run('put growing.csv', {local: growing});
		expect(errors).toEqual([`${file}: changed before it was sent (try again when nothing writes to it)`]);
		expect(status).toBe(1);
		expect(await desk.remote()).toEqual(remains);
	});

	test('Ctrl-C in the middle leaves no record, and the session goes on', async () => {
		const file = await desk.write('big.bin', Buffer.alloc(1 << 20, 7));
		const stop = new AbortController();
		const slow = {
			...desk.local,
			read: async (name: string) => {
				const {size, body} = await desk.local.read(name);
				return {
					size,
					body: async function* () {
						for await (const chunk of body()) {
							yield chunk;
							stop.abort();
						}
					},
				};
			},
		};
		const {status, errors} = await desk.run(`put ${file}`, {local: slow, signal: stop.signal});
		expect(errors).toEqual(['cancelled']);
		expect(status).toBe(130);
		expect(await desk.remote()).toEqual(remains);
		expect((await desk.run(`put ${file}`)).status).toBe(0);
	});
});
