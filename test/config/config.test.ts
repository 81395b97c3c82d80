import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readConfig} from '../../src/config/config.ts';
import {hostedEndpoint} from '../../src/config/endpoint.ts';
import {foldersOf} from '../../src/config/paths.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-config-'));
});
afterAll(() => rm(folder, {recursive: true}));

const read = async (argv: readonly string[], environment: Record<string, string> = {}, isTerminal = true) => {
	const config = await readConfig({
		argv,
		environment: {HOME: '/home/ada', XDG_CONFIG_HOME: folder, ...environment},
		isTerminal,
	});
	if (typeof config === 'string') throw new Error(`asked for ${config}`);
	return config;
};
const connection = async (argv: readonly string[], environment?: Record<string, string>) =>
	(await read(argv, environment)).connection;
const settings = async (value: unknown) => {
	const home = await mkdtemp(path.join(folder, 'config-'));
	await mkdir(path.join(home, 'adx-shell'));
	const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, '\t');
	await writeFile(path.join(home, 'adx-shell/config.json'), text);
	return {XDG_CONFIG_HOME: home};
};

describe('where to connect', () => {
	test('without a token it is the local exchange in the data folder', async () => {
		expect(await connection([], {XDG_DATA_HOME: '/data'})).toMatchObject({
			kind: 'local',
			directory: '/data/adx-shell/local-exchange',
			profile: 'local',
			source: {kind: 'folder'},
		});
	});

	test('with a token it is the hosted Exchange', async () => {
		expect(await connection([], {ADX_TOKEN: ' secret '})).toMatchObject({
			kind: 'remote',
			endpoint: hostedEndpoint,
			source: {kind: 'variable', value: 'secret', label: 'ADX_TOKEN'},
		});
	});

	test('--local wins over a token, and --data says where', async () => {
		expect((await connection(['--local'], {ADX_TOKEN: 'secret'})).kind).toBe('local');
		expect(await connection(['--data', '/srv/adx'], {ADX_TOKEN: 'secret'})).toMatchObject({
			kind: 'local',
			directory: '/srv/adx',
			source: {kind: 'folder'},
		});
	});

	test('a token file with --local is for another user of the local exchange', async () => {
		expect(await connection(['--local', '--token-file', '/t'])).toMatchObject({
			kind: 'local',
			source: {kind: 'path', path: '/t'},
		});
	});

	test.each<[string, string[], Record<string, string>, string]>([
		['--token-file', ['--token-file', '/f'], {ADX_TOKEN: 't', ADX_TOKEN_FILE: '/g'}, '--token-file'],
		['ADX_TOKEN', [], {ADX_TOKEN: 't', ADX_TOKEN_FILE: '/g'}, 'ADX_TOKEN'],
		['ADX_TOKEN_FILE', [], {ADX_TOKEN: ' ', ADX_TOKEN_FILE: '/g'}, 'ADX_TOKEN_FILE'],
	])('%s goes before what comes after it, and before a profile', async (_, argv, environment, label) => {
		const profiles = {work: {endpoint: 'https://work.example/graphql', token: 'keyring'}};
		const home = await settings({profile: 'work', profiles});
		expect(await connection(argv, {...home, ...environment})).toMatchObject({
			endpoint: 'https://work.example/graphql',
			profile: 'work',
			source: {label},
		});
	});

	test('an endpoint without a token is an error of the configuration', async () => {
		await expect(read(['--endpoint', 'https://x.example/graphql'])).rejects.toMatchObject({
			code: 'config',
			message: 'no token for https://x.example/graphql',
		});
	});

	test.each([
		['http://exchange.example/graphql', /plain http/],
		['ftp://exchange.example/', /not an endpoint/],
		['exchange', /not an endpoint/],
		['https://me:word@exchange.example/graphql', /^exchange.example: an endpoint has no user/],
	])('the endpoint %s is refused', async (endpoint, message) => {
		await expect(read(['--endpoint', endpoint], {ADX_TOKEN: 't'})).rejects.toThrow(message);
	});

	test('plain http is fine on this machine', async () => {
		expect(await connection(['--endpoint', 'http://127.0.0.1:8080/graphql'], {ADX_TOKEN: 't'})).toMatchObject(
			{
				endpoint: 'http://127.0.0.1:8080/graphql',
			},
		);
	});
});

describe('profiles', () => {
	const profiles = {
		work: {endpoint: 'https://work.example/graphql', token: 'keyring', store: 'Campus', db: 'Microgrid'},
		lab: {endpoint: 'https://lab.example/graphql', password_command: 'pass lab'},
		file: {token_file: '/run/token', token: 'file'},
		both: {token_file: '/run/token', password_command: 'pass both'},
		partner: {endpoint: 'local', token: 'file'},
		out: {endpoint: 'https://out.example/graphql'},
	};

	test.each<[string, object]>([
		['work', {endpoint: 'https://work.example/graphql', source: {kind: 'keyring'}, store: 'Campus'}],
		['lab', {source: {kind: 'command', command: 'pass lab', label: 'password_command'}}],
		['file', {endpoint: hostedEndpoint, source: {kind: 'path', path: '/run/token'}}],
		['both', {source: {kind: 'path'}}],
		['partner', {kind: 'local', directory: '/data/adx-shell/local-exchange', source: {kind: 'file'}}],
		['local', {kind: 'local', source: {kind: 'folder'}}],
		['out', {source: undefined}],
	])('--profile %s', async (name, expected) => {
		const home = {...(await settings({profiles})), XDG_DATA_HOME: '/data'};
		expect(await connection(['--profile', name], home)).toMatchObject({profile: name, ...expected});
		expect(await connection([], {...home, ADX_PROFILE: name})).toMatchObject({profile: name, ...expected});
	});

	test('the default one counts where none is asked for', async () => {
		const home = await settings({profile: 'work', profiles});
		expect((await connection([], home)).profile).toBe('work');
		expect((await connection(['--local'], home)).profile).toBe('local');
		expect((await connection(['--profile', 'lab'], home)).profile).toBe('lab');
	});

	test('an endpoint finds its profile', async () => {
		const home = await settings({profiles});
		expect((await connection(['--endpoint', 'https://lab.example/graphql'], home)).profile).toBe('lab');
	});

	test('a kept token goes to no endpoint but its own', async () => {
		const home = await settings({profiles});
		await expect(
			read(['--profile', 'work', '--endpoint', 'https://evil.example/graphql'], home),
		).rejects.toMatchObject({
			code: 'config',
			message: 'work: its token is for https://work.example/graphql',
		});
	});

	test('an unknown one is an error that says what may have been meant', async () => {
		const home = await settings({profiles});
		await expect(read(['--profile', 'wrok'], home)).rejects.toMatchObject({
			code: 'config',
			message: 'wrok: no such profile',
			hint: 'did you mean work?',
		});
	});

	test('local is there whatever the settings say, and takes no token from outside', async () => {
		expect(await connection(['--profile', 'local'], {ADX_TOKEN: 't'})).toMatchObject({
			kind: 'local',
			source: {kind: 'folder'},
		});
	});

	test('--help needs no settings', async () => {
		const home = await settings('{');
		const environment = {HOME: '/', ...home};
		expect(await readConfig({argv: ['--help'], environment, isTerminal: true})).toBe('help');
		expect(await readConfig({argv: ['--version'], environment, isTerminal: true})).toBe('version');
	});
});

describe('what to run', () => {
	test('-c and -f keep the order they were given in', async () => {
		expect((await read(['-c', 'ls', '-f', 'a.adx', '-c', 'pwd', '-f', '-'])).sources).toEqual([
			{line: 'ls'},
			{file: 'a.adx'},
			{line: 'pwd'},
			{file: '-'},
		]);
	});

	test('nothing to run is left to the prompt', async () => {
		expect((await read([])).sources).toEqual([]);
	});

	test.each([
		[['--stoer', 'x'], /^--stoer: no such option$/, 'did you mean --store?'],
		[['--jsn'], /^--jsn: no such option$/, 'did you mean --json?'],
		[['--token=x'], /^--token: no such option$/, 'did you mean --token-file?'],
		[['-x'], /^-x: no such option$/, 'see adx-shell --help'],
		[['-c'], /^-c: LINE is missing$/, 'see adx-shell --help'],
		[['--store', '--json'], /^--store: NAME is missing$/, 'after --store= it may begin with -'],
		[['--json=1'], /^--json takes no value$/, 'see adx-shell --help'],
		[['ls'], /^ls: not an option$/, 'to run a line: adx-shell -c ls'],
		[['--json', 'cat', '-n', "it's a"], /^cat/, `to run a line: adx-shell -c 'cat -n "it'\\''s a"'`],
		[['--color', 'sometimes'], /not one of auto, always, never/, undefined],
	])('%j is a usage error', async (argv, message, hint) => {
		await expect(read(argv)).rejects.toMatchObject({
			code: 'usage',
			exitCode: 2,
			message: expect.stringMatching(message),
			hint,
		});
	});
});

describe('colour', () => {
	test.each([
		['on a terminal', [], {}, true, true],
		['not in a pipe', [], {}, false, false],
		['not under NO_COLOR', [], {NO_COLOR: '1'}, true, false],
		['an empty NO_COLOR says nothing', [], {NO_COLOR: ''}, true, true],
		['not on a dumb terminal', [], {TERM: 'dumb'}, true, false],
		['always where asked for', ['--color', 'always'], {NO_COLOR: '1'}, false, true],
		['never where asked for', ['--color=never'], {}, true, false],
		['as the variable says', [], {ADX_COLOR: 'never'}, true, false],
	])('%s', async (_, argv, environment, isTerminal, color) => {
		expect((await read(argv, environment as Record<string, string>, isTerminal)).color).toBe(color);
	});
});

test('options have variables, and 0 switches one off', async () => {
	expect(
		await read([], {ADX_STORE: 'Campus', ADX_DB: 'Microgrid', ADX_JSON: '1', ADX_KEEP_GOING: '0'}),
	).toMatchObject({
		store: 'Campus',
		database: 'Microgrid',
		json: true,
		keepGoing: false,
	});
});

test('JSON and CSV at once are refused', async () => {
	expect(await read(['--csv'])).toMatchObject({csv: true, json: false});
	await expect(read(['--csv', '--json'])).rejects.toThrow('--json and --csv cannot go together');
});

test('a dumb terminal and a screen reader get a plain prompt', async () => {
	expect((await read([], {TERM: 'dumb'})).plainPrompt).toBe(true);
	expect((await read(['--screen-reader'])).plainPrompt).toBe(true);
	expect((await read([])).plainPrompt).toBe(false);
});

test('relative XDG folders are ignored, as their specification says', async () => {
	expect((await read([], {XDG_STATE_HOME: 'state'})).folders.state).toMatch(
		/^\/.*\.local\/state\/adx-shell$/,
	);
});

test('an empty HOME leaves no file where one happens to be', () => {
	const home = process.env.HOME;
	process.env.HOME = '';
	try {
		for (const folder of Object.values(foldersOf({}))) expect(path.isAbsolute(folder)).toBe(true);
	} finally {
		process.env.HOME = home;
	}
});
