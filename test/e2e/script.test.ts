import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createSandbox, type Sandbox} from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	// The first start makes the sample; no test waits for that.
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

const at = (name: string) => path.join(sandbox.directory, name);

describe('data and narration', () => {
	test('data go to stdout, nothing else does', async () => {
		const {stdout, stderr, code} = await sandbox.run(['-c', 'cd sensors', '-c', 'pwd', '-c', 'ls']);
		expect(code).toBe(0);
		expect(stderr).toBe('');
		expect(stdout.split('\n')).toEqual([
			'Sensor study:/sensors',
			'mote-1.indoor.2010-05-09.csv',
			'mote-2.indoor.2010-05-09.csv',
			'mote-3.outdoor.2010-05-09.csv',
			'mote-4.outdoor.2010-05-09.csv',
			'summary.json',
			"what 'label' means.txt",
			'windows',
			'',
		]);
	});

	test('--json is an object a row with the field names of the API', async () => {
		const {stdout} = await sandbox.run(['--json', '-c', 'ls readme.txt']);
		expect(JSON.parse(stdout)).toMatchObject({
			objectType: 'FILE',
			dataStoreFileId: expect.stringMatching(/^dataStoreFileId\./),
			name: 'readme',
			fileExtension: 'txt',
			storageSizeBytes: expect.any(Number),
			s3ConfirmedUpload: true,
		});
	});

	test('one command can be asked for JSON', async () => {
		const {stdout} = await sandbox.run(['-c', 'ls --json readme.txt', '-c', 'ls readme.txt']);
		const [json, plain] = stdout.split('\n');
		expect(JSON.parse(json!)).toMatchObject({name: 'readme'});
		expect(plain).toBe('readme.txt');
	});

	test('output goes through local commands and into files', async () => {
		const lines = "ls sensors | grep csv | wc -l; ls > 'out file.txt'; ls sensors/*.json >> 'out file.txt'";
		const {stdout, code} = await sandbox.run(['-c', lines]);
		expect(code).toBe(0);
		expect(stdout.trim()).toBe('4');
		expect(await readFile(at('out file.txt'), 'utf8')).toMatch(/readme\.txt\n[\s\S]*summary\.json\n$/);
	});

	test('a reader that has had enough is no error', async () => {
		const {stdout, stderr, code} = await sandbox.run(['-c', 'ls sensors/windows | head -2']);
		expect(stdout).toBe('mote-1-0001.csv\nmote-1-0002.csv\n');
		expect(stderr).toBe('');
		expect(code).toBe(0);
	});

	test('the token and signed URLs never come out', async () => {
		const token = await readFile(at('.data/adx-shell/local-exchange/token'), 'utf8');
		const line = 'whoami; stat readme.txt; get readme.txt -o got.txt; cat nothere; !env';
		const {stdout, stderr} = await sandbox.run(['--keep-going', '-c', line], {
			environment: {ADX_STORE: 'Sensor study'},
		});
		expect(stdout + stderr).not.toContain(token.trim());
		expect(stdout + stderr).not.toMatch(/signature=|expires=/i);
	});
});

describe('exit codes', () => {
	test.each([
		['a command that works', ['-c', 'pwd'], 0],
		['a name that is not there', ['-c', 'cat nothere.txt'], 1],
		['a command that is not there', ['-c', 'lss'], 2],
		['an option that a command does not have', ['-c', 'ls --colour'], 2],
		['an open quote', ['-c', 'cat "x'], 2],
		['an option that is not there', ['--stroe', 'x'], 2],
		['exit with a status', ['-c', 'exit 7'], 7],
		['rm without anybody to ask', ['-c', 'rm readme.txt'], 2],
		['a store that is not there', ['--store', 'Gird', '-c', 'ls'], 1],
	])('%s', async (_, args, expected) => {
		expect((await sandbox.run(args)).code).toBe(expected);
	});

	test('an endpoint nobody listens at is 3, and named without the token', async () => {
		const {code, stderr} = await sandbox.run(['--endpoint', 'http://127.0.0.1:9/graphql', '-c', 'ls'], {
			environment: {ADX_TOKEN: 'very-secret'},
		});
		expect(code).toBe(3);
		expect(stderr).toContain('127.0.0.1:9');
		expect(stderr).not.toContain('very-secret');
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});
});

describe('several lines', () => {
	test('the first failure ends a script', async () => {
		const {stdout, stderr, code} = await sandbox.run(['-c', 'cat nothere', '-c', 'pwd']);
		expect({stdout, code}).toEqual({stdout: '', code: 1});
		expect(stderr).toMatch(/^cat: nothere: /);
	});

	test('--keep-going runs the rest and still tells of the failure', async () => {
		const {stdout, code} = await sandbox.run(['--keep-going', '-c', 'cat nothere', '-c', 'pwd']);
		expect({stdout, code}).toEqual({stdout: 'Sensor study:/\n', code: 1});
	});

	test('a file of lines knows where it failed', async () => {
		await writeFile(at('nightly.adx'), '# every night\ncd sensors\n\npwd\ncat "no\nthere"\npwd\n');
		const {stdout, stderr, code} = await sandbox.run(['-f', 'nightly.adx']);
		expect({stdout, code}).toEqual({stdout: 'Sensor study:/sensors\n', code: 1});
		expect(stderr).toMatch(/^nightly\.adx:5: cat: /);
	});

	test.each([[['-f', '-']], [[]]])('lines come from stdin with %j', async args => {
		const {stdout, code} = await sandbox.run(args, {input: 'cd sensors\npwd'});
		expect({stdout, code}).toEqual({stdout: 'Sensor study:/sensors\n', code: 0});
	});
});

describe('bytes', () => {
	test('what is put comes back the same, whatever its name', async () => {
		const bytes = Buffer.from(Array.from({length: 300_000}, (_, at) => (at * 7919) % 256));
		const names = ['plain.bin', 'with space.tar.gz', "quote's.csv", 'ünïcode ✓', '.hidden', 'LICENSE'];
		for (const name of names) {
			await writeFile(at(name), bytes);
			const quoted = `"${name}"`;
			const line = `put ${quoted} && get ${quoted} -o back.bin && rm -f ${quoted}`;
			const {stderr, code} = await sandbox.run(['-c', line]);
			expect(code, stderr).toBe(0);
			expect((await readFile(at('back.bin'))).equals(bytes), name).toBe(true);
			await sandbox.run(['-c', '!rm back.bin']);
		}
	}, 60_000);

	test('an empty file is a file', async () => {
		await writeFile(at('empty'), '');
		const {code, stderr} = await sandbox.run(['-c', 'put empty && get empty -o empty-back && rm -f empty']);
		expect(code, stderr).toBe(0);
		expect(await readFile(at('empty-back'))).toHaveLength(0);
	});

	test('standard input is put, and a file is catted, byte for byte', async () => {
		const input = 'a\u0000b\u001b[2Jc\n';
		const {stdout, code} = await sandbox.run(
			['-c', 'put - -o piped.bin', '-c', 'cat piped.bin', '-c', 'rm -f piped.bin'],
			{
				input,
			},
		);
		expect(code).toBe(0);
		expect(stdout).toContain(input);
	});

	test('get never replaces a local file unless told to', async () => {
		await writeFile(at('readme.txt'), 'mine');
		const refused = await sandbox.run(['-c', 'get readme.txt']);
		expect(refused.code).toBe(1);
		expect(refused.stderr).toMatch(/readme\.txt.*-f/);
		expect(await readFile(at('readme.txt'), 'utf8')).toBe('mine');
		expect((await sandbox.run(['-c', 'get -f readme.txt'])).code).toBe(0);
		expect(await readFile(at('readme.txt'), 'utf8')).not.toBe('mine');
	});

	test('of two files with one name neither is taken, and both are named by id', async () => {
		const {stderr, code} = await sandbox.run(['-c', 'get cases/event.csv -o event.csv']);
		expect(code).toBe(1);
		const ids = stderr.match(/id:dataStoreFileId\.\S+/g);
		expect(ids).toHaveLength(2);
		expect((await sandbox.run(['-c', `get ${ids![0]} -o event.csv`])).code).toBe(0);
	});
});

test('--version and --help need nothing', async () => {
	expect((await sandbox.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
	expect((await sandbox.run(['--help'])).stdout).toContain('adx-shell serve');
});
