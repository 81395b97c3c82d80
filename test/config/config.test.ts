import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hostedEndpoint, readConfig} from '../../src/config/config.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-config-'));
});
afterAll(() => rm(folder, {recursive: true}));

const read = (argv: readonly string[], environment: Record<string, string> = {}, isTerminal = true) =>
	readConfig({argv, environment: {HOME: '/home/ada', ...environment}, isTerminal});

describe('where to connect', () => {
	test('without a token it is the local exchange in the data folder', () => {
		expect(read([], {XDG_DATA_HOME: '/data'}).connection).toEqual({
			kind: 'local',
			directory: '/data/adx-shell/local-exchange',
		});
	});

	test('with a token it is the hosted Exchange', () => {
		expect(read([], {ADX_TOKEN: 'secret'}).connection).toEqual({
			kind: 'remote',
			endpoint: hostedEndpoint,
			token: 'secret',
		});
	});

	test('--local wins over a token, and --data says where', () => {
		expect(read(['--local'], {ADX_TOKEN: 'secret'}).connection.kind).toBe('local');
		expect(read(['--data', '/srv/adx'], {ADX_TOKEN: 'secret'}).connection).toEqual({
			kind: 'local',
			directory: '/srv/adx',
		});
	});

	test('a token file holds the token and may end with a newline', async () => {
		const file = path.join(folder, 'token');
		await writeFile(file, 'from-file\n');
		expect(read(['--token-file', file]).connection).toMatchObject({token: 'from-file'});
		expect(read([], {ADX_TOKEN_FILE: file}).connection).toMatchObject({token: 'from-file'});
	});

	test('a file that is no token file is refused without showing what is in it', async () => {
		const file = path.join(folder, 'notes');
		await writeFile(file, 'my password is hunter2');
		expect(() => read(['--token-file', file])).toThrow(/not a token file/);
		expect(() => read(['--token-file', file])).not.toThrow(/hunter2/);
	});

	test.each([
		['a missing token file', ['--token-file', '/nowhere'], /cannot be read/],
		['an endpoint without a token', ['--endpoint', 'https://x.example/graphql'], /no token for/],
	])('%s is an error of the configuration', (_, argv, message) => {
		expect(() => read(argv)).toThrow(message);
	});

	test.each([
		['http://exchange.example/graphql', /plain http/],
		['ftp://exchange.example/', /not an endpoint/],
		['exchange', /not an endpoint/],
	])('the endpoint %s is refused', (endpoint, message) => {
		expect(() => read(['--endpoint', endpoint], {ADX_TOKEN: 't'})).toThrow(message);
	});

	test('plain http is fine on this machine', () => {
		expect(read(['--endpoint', 'http://127.0.0.1:8080/graphql'], {ADX_TOKEN: 't'}).connection).toMatchObject({
			endpoint: 'http://127.0.0.1:8080/graphql',
		});
	});
});

describe('what to run', () => {
	test('-c and -f keep the order they were given in', () => {
		expect(read(['-c', 'ls', '-f', 'a.adx', '-c', 'pwd', '-f', '-']).sources).toEqual([
			{line: 'ls'},
			{file: 'a.adx'},
			{line: 'pwd'},
			{file: '-'},
		]);
	});

	test('nothing to run is left to the prompt', () => {
		expect(read([]).sources).toEqual([]);
	});

	test.each([
		[['--stoer', 'x'], /unknown option '--stoer'/],
		[['-c'], /'-c, --command <value>' argument missing/],
		[['ls'], /unexpected argument 'ls'/],
		[['--color', 'sometimes'], /not one of auto, always, never/],
	])('%j is a usage error', (argv, message) => {
		let thrown: unknown;
		try {
			read(argv);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({code: 'usage', exitCode: 2, message: expect.stringMatching(message)});
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
	])('%s', (_, argv, environment, isTerminal, color) => {
		expect(read(argv, environment as Record<string, string>, isTerminal).color).toBe(color);
	});
});

test('options have variables, and 0 switches one off', () => {
	expect(read([], {ADX_STORE: 'Campus', ADX_DB: 'Microgrid', ADX_JSON: '1', ADX_KEEP_GOING: '0'})).toMatchObject({
		store: 'Campus',
		database: 'Microgrid',
		json: true,
		keepGoing: false,
	});
});

test('JSON and CSV at once are refused', () => {
	expect(read(['--csv'])).toMatchObject({csv: true, json: false});
	expect(() => read(['--csv', '--json'])).toThrow('--json and --csv cannot go together');
});

test('a dumb terminal and a screen reader get a plain prompt', () => {
	expect(read([], {TERM: 'dumb'}).plainPrompt).toBe(true);
	expect(read(['--screen-reader']).plainPrompt).toBe(true);
	expect(read([]).plainPrompt).toBe(false);
});

test('relative XDG folders are ignored, as their specification says', () => {
	expect(read([], {XDG_STATE_HOME: 'state'}).folders.state).toMatch(/^\/.*\.local\/state\/adx-shell$/);
});
