import {execFile, spawnSync} from 'node:child_process';
import {
	chmod,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	readlink,
	rm,
	stat,
	symlink,
	truncate,
	writeFile,
} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createLocalFiles} from '../../src/host/local-files.ts';
import {ShellError} from '../../src/shell/errors.ts';

const local = createLocalFiles();
const asRoot = process.getuid?.() === 0;
let here: string;
beforeEach(async () => {
	here = await mkdtemp(path.join(tmpdir(), 'adx-local-'));
});
afterEach(() => rm(here, {recursive: true, force: true}));

const at = (name: string) => path.join(here, name);
const names = async () => (await readdir(here)).toSorted();
async function* bytes(...chunks: (string | Uint8Array)[]) {
	for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
async function* failing(error: Error) {
	yield Buffer.from('some');
	throw error;
}
const whole = async (body: AsyncIterable<Uint8Array>) => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
};
const problem = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(thrown: unknown) => (thrown instanceof ShellError ? `${thrown.code} ${thrown.message}` : thrown),
	);

describe('paths', () => {
	test.each([
		['a', '/home/x/a'],
		['../a', '/home/a'],
		['/a', '/a'],
		['~', homedir()],
		['~/a', path.join(homedir(), 'a')],
		['~a', '/home/x/~a'],
	])('%s in /home/x is %s', (name, expected) => {
		expect(local.resolve('/home/x', name)).toBe(expected);
	});

	test('what is there, and what it is', async () => {
		await writeFile(at('file'), '12345');
		await mkdir(at('directory'));
		await symlink('directory', at('link'));
		await symlink('nowhere', at('dangling'));
		expect(await local.stat(at('file'))).toMatchObject({name: 'file', kind: 'file', size: 5});
		expect(await local.stat(at('nothing'))).toBeUndefined();
		const entries = (await local.list(here)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
		expect(entries).toMatchObject([
			{name: 'dangling', kind: 'other', link: true},
			{name: 'directory', kind: 'directory'},
			{name: 'file', kind: 'file', size: 5},
			{name: 'link', kind: 'directory', link: true},
		]);
		expect(await problem(local.list(at('nothing')))).toBe(
			`not-found ${at('nothing')}: no such local file or directory`,
		);
	});

	test('a directory is made with its parents, and once more does no harm', async () => {
		await local.makeDirectory(at('a/b/c'));
		await local.makeDirectory(at('a/b/c'));
		await writeFile(at('file'), '');
		expect(await problem(local.makeDirectory(at('file')))).toBe(
			`exists ${at('file')}: a local file bears that name`,
		);
		expect(await problem(local.makeDirectory(at('file/x')))).toMatch(/^not-a-directory .*file\/x: /);
	});
});

describe('write', () => {
	test('bytes of many sizes arrive whole, nothing is left beside', async () => {
		const chunks = [3, 70_000, 0, 300_000, 1, 1_100_000].map((size, index) => Buffer.alloc(size, 65 + index));
		const seen: number[] = [];
		const onProgress = (count: number) => void seen.push(count);
		await local.write(at('file'), bytes(...chunks), {replace: false, size: 1_470_004, onProgress});
		expect(await readFile(at('file'))).toEqual(Buffer.concat(chunks));
		expect(seen.at(-1)).toBe(1_470_004);
		expect(await names()).toEqual(['file']);
	});

	test('a chunk is done with when the next is asked for: its memory may be used again', async () => {
		const sizes = [1, 70_000, 300_000, 5, 1_048_576, 262_143, 262_144, 900_000, 65_536, 3_000_000, 2];
		const expected = sizes.map((size, index) => Buffer.alloc(size, 65 + index));
		const memory = Buffer.alloc(3_000_000);
		async function* lent() {
			for (const [index, size] of sizes.entries()) yield memory.fill(65 + index).subarray(0, size);
			memory.fill(0);
		}
		await local.write(at('file'), lent(), {replace: false});
		const size = Buffer.concat(expected).length;
		await local.write(at('of known size'), lent(), {replace: false, size});
		expect((await readFile(at('file'))).equals(Buffer.concat(expected))).toBe(true);
		expect((await readFile(at('of known size'))).equals(Buffer.concat(expected))).toBe(true);
	});

	test('many tiny chunks, and none', async () => {
		await local.write(at('file'), bytes(...Array.from({length: 5000}, () => 'x')), {replace: false});
		expect((await stat(at('file'))).size).toBe(5000);
		await local.write(at('empty'), bytes(), {replace: false, size: 0});
		expect((await stat(at('empty'))).size).toBe(0);
	});

	test('goes to .part until it is whole', async () => {
		async function* slowly() {
			yield Buffer.from('half');
			expect(await names()).toEqual(['file.part']);
			yield Buffer.from('whole');
		}
		await local.write(at('file'), slowly(), {replace: false});
		expect(await readFile(at('file'), 'utf8')).toBe('halfwhole');
	});

	test('a .part of somebody else stays', async () => {
		await writeFile(at('file.part'), 'mine');
		await symlink('file', at('file.1.part'));
		await local.write(at('file'), bytes('new'), {replace: false});
		expect(await readFile(at('file.part'), 'utf8')).toBe('mine');
		expect(await names()).toEqual(['file', 'file.1.part', 'file.part']);
	});

	test('a file that exists stays without replace', async () => {
		await writeFile(at('file'), 'mine');
		expect(await problem(local.write(at('file'), bytes('new'), {replace: false}))).toBe(
			`exists ${at('file')}: exists already`,
		);
		expect(await readFile(at('file'), 'utf8')).toBe('mine');
		expect(await names()).toEqual(['file']);
	});

	test('a file that appears meanwhile stays, too', async () => {
		async function* late() {
			yield Buffer.from('new');
			await writeFile(at('file'), 'mine');
		}
		expect(await problem(local.write(at('file'), late(), {replace: false}))).toBe(
			`exists ${at('file')}: exists already`,
		);
		expect(await readFile(at('file'), 'utf8')).toBe('mine');
		expect(await names()).toEqual(['file']);
	});

	test('replace keeps the mode, and a link a link', async () => {
		await writeFile(at('file'), 'old', {mode: 0o640});
		await chmod(at('file'), 0o640);
		await symlink('file', at('link'));
		await local.write(at('link'), bytes('new'), {replace: true});
		expect(await readFile(at('file'), 'utf8')).toBe('new');
		expect((await stat(at('file'))).mode & 0o777).toBe(0o640);
		expect(await readlink(at('link'))).toBe('file');
	});

	test.each([
		['too short', 5, '3 of 5'],
		['too long', 2, '3 of 2'],
	])('%s: the target is untouched', async (_title, size, counts) => {
		await writeFile(at('file'), 'old');
		expect(await problem(local.write(at('file'), bytes('new'), {replace: true, size}))).toBe(
			`connection ${at('file')}: ${counts} bytes arrived`,
		);
		expect(await readFile(at('file'), 'utf8')).toBe('old');
		expect(await names()).toEqual(['file']);
	});

	test('an error of the source comes through unchanged, the target is untouched', async () => {
		await writeFile(at('file'), 'old');
		const error = new ShellError('connection', 'the file store: the connection dropped');
		await expect(local.write(at('file'), failing(error), {replace: true})).rejects.toBe(error);
		expect(await readFile(at('file'), 'utf8')).toBe('old');
		expect(await names()).toEqual(['file']);
	});

	test('an abort is heard while the source is silent, and the source is let go', async () => {
		const stop = new AbortController();
		let released = false;
		const silent = {
			[Symbol.asyncIterator]: () => ({
				next: async () => {
					stop.abort();
					return new Promise<never>(() => {});
				},
				return: async () => {
					released = true;
					return {done: true as const, value: undefined};
				},
			}),
		};
		expect(await problem(local.write(at('file'), silent, {replace: false, signal: stop.signal}))).toBe(
			'cancelled cancelled',
		);
		expect(released).toBe(true);
		expect(await names()).toEqual([]);
	});

	test('a name as long as the disk allows', async () => {
		const longest = 'ä'.repeat(127);
		await local.write(at(longest), bytes('x'), {replace: false});
		expect(await names()).toEqual([longest]);
		expect(await problem(local.write(at('x'.repeat(256)), bytes('x'), {replace: false}))).toMatch(
			/^local .*: the name is too long for the local disk$/,
		);
	});

	test.each<[title: string, target: string, expected: RegExp]>([
		['a directory', '.', /^is-a-directory .*: is a local directory$/],
		['in a missing directory', 'no/file', /^not-found .*\/no: no such local directory$/],
		['in a file', 'file/x', /^not-a-directory .*\/file\/x: part of that path is not a directory$/],
		['a name with a zero', 'a\0b', /^local .*: not a local file name$/],
	])('%s is refused', async (_title, target, expected) => {
		await writeFile(at('file'), 'mine');
		expect(await problem(local.write(`${here}/${target}`, bytes('x'), {replace: true}))).toMatch(expected);
		expect(await names()).toEqual(['file']);
	});

	test.skipIf(asRoot)('in a directory one may not write to', async () => {
		await chmod(here, 0o555);
		expect(await problem(local.write(at('x'), bytes('x'), {replace: false}))).toBe(
			`local ${at('x')}: permission denied on this machine`,
		);
		await chmod(here, 0o755);
	});

	test('a device is written to, not replaced; a full one is a full disk', async () => {
		await local.write('/dev/null', bytes('x'), {replace: true});
		expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
		if (process.platform === 'linux') {
			expect(await problem(local.write('/dev/full', bytes('x'), {replace: true}))).toBe(
				'local /dev/full: the local disk is full',
			);
		}
	});

	// A disk of its own, where the machine lets us have one.
	const small = 'mount -t tmpfs -o size=1m none "$1" && exec "$2" "$3" "$1"';
	const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;
	test.skipIf(!canMount)('a disk that fills up: the target is untouched, the part gone', async () => {
		const module = path.resolve('src/host/local-files.ts');
		await writeFile(
			at('fill.ts'),
			`import {createLocalFiles} from ${JSON.stringify(module)};
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
const target = process.argv[2] + '/file';
writeFileSync(target, 'old');
const body = (async function* () { for (;;) yield Buffer.alloc(100_000); })();
const error = await createLocalFiles().write(target, body, {replace: true}).catch(thrown => thrown);
console.log(JSON.stringify([error.message, error.hint, readdirSync(process.argv[2]), readFileSync(target, 'utf8')]));
`,
		);
		await mkdir(at('disk'));
		const words = ['-rm', 'sh', '-c', small, 'sh', at('disk'), process.execPath, at('fill.ts')];
		const {stdout} = await promisify(execFile)('unshare', words);
		expect(JSON.parse(stdout)).toEqual([
			`${at('disk')}/file: the local disk is full`,
			'make room and try again',
			['file'],
			'old',
		]);
	});
});

describe('append', () => {
	test('makes the file, then adds to it', async () => {
		await local.append(at('log'), bytes('one\n'));
		await local.append(at('log'), bytes('two\n'));
		expect(await readFile(at('log'), 'utf8')).toBe('one\ntwo\n');
		expect(await problem(local.append(here, bytes('x')))).toBe(
			`is-a-directory ${here}: is a local directory`,
		);
	});
});

describe('read', () => {
	test('the size first, then the bytes, as often as wanted', async () => {
		await writeFile(at('file'), 'x'.repeat(600_000));
		const {size, body} = await local.read(at('file'));
		expect(size).toBe(600_000);
		expect(await whole(body())).toHaveLength(600_000);
		expect(await whole(body())).toHaveLength(600_000);
	});

	test('an empty file', async () => {
		await writeFile(at('file'), '');
		const {size, body} = await local.read(at('file'));
		expect([size, await whole(body())]).toEqual([0, '']);
	});

	test.each<[title: string, name: string, expected: RegExp]>([
		['a missing file', 'nothing', /^not-found .*\/nothing: no such local file or directory$/],
		['a directory', '.', /^is-a-directory .*: is a local directory$/],
		['a link in a circle', 'circle', /^local .*\/circle: too many symbolic links$/],
		[
			'a named pipe nobody writes to',
			'pipe',
			/^local .*\/pipe: not a regular file, so its size is not known$/,
		],
		['a device', '/dev/null', /^local \/dev\/null: not a regular file, so its size is not known$/],
	])('%s fails before the first byte', async (_title, name, expected) => {
		await symlink('circle', at('circle'));
		spawnSync('mkfifo', [at('pipe')]);
		expect(await problem(local.read(path.resolve(here, name)))).toMatch(expected);
	});

	test.skipIf(asRoot)('an unreadable file fails before the first byte', async () => {
		await writeFile(at('file'), 'x', {mode: 0});
		expect(await problem(local.read(at('file')))).toBe(
			`local ${at('file')}: permission denied on this machine`,
		);
	});

	test.each([
		['shorter', 10],
		['longer', 900_000],
	])(
		'a file that gets %s while it is read is an error, never other bytes than promised',
		async (_title, size) => {
			await writeFile(at('file'), 'x'.repeat(600_000));
			const {body} = await local.read(at('file'));
			const read = async () => {
				for await (const _chunk of body()) await truncate(at('file'), size);
			};
			expect(await problem(read())).toBe(`local ${at('file')}: changed its size while it was read`);
		},
	);

	test('a file that has changed since, or vanished', async () => {
		await writeFile(at('file'), 'x');
		const {body} = await local.read(at('file'));
		await writeFile(at('file'), 'xy');
		expect(await problem(whole(body()))).toBe(`local ${at('file')}: changed before it was sent`);
		await rm(at('file'));
		expect(await problem(whole(body()))).toBe(`not-found ${at('file')}: no such local file or directory`);
	});
});

describe('spool', () => {
	test('tells the length and gives the bytes again, without a trace on the disk', async () => {
		const before = (await readdir(tmpdir())).filter(name => name.startsWith('adx-shell-'));
		const {size, body, remove} = await local.spool(bytes('one ', 'x'.repeat(300_000)));
		expect((await readdir(tmpdir())).filter(name => name.startsWith('adx-shell-'))).toEqual(before);
		expect(size).toBe(300_004);
		expect(await whole(body())).toHaveLength(300_004);
		expect((await whole(body())).slice(0, 5)).toBe('one x');
		await remove();
	});

	test('an error of the source comes through', async () => {
		const error = new ShellError('connection', 'dropped');
		await expect(local.spool(failing(error))).rejects.toBe(error);
	});
});
