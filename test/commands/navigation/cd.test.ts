import {expect, test} from 'vitest';
import {fullPath} from '../../../src/shell/session.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const stores = {'Campus study': {weather: {old: {}}, 'readme.txt': 'x'}, 'Wind park': {a: {}}};
const where = async (...lines: string[]) => {
	const ran = await runCommands(lines, {exchange: memoryExchange(stores)});
	return {...ran, path: fullPath(ran.session.location!)};
};

test.each([
	[['cd weather'], 'Campus study:/weather'],
	[['cd weather/old', 'cd ..'], 'Campus study:/weather'],
	[['cd weather/old', 'cd'], 'Campus study:/'],
	[['cd ..'], 'Campus study:/'],
	[["cd 'Wind park:/a'"], 'Wind park:/a'],
	[["cd 'Wind park:/a'", 'cd -', 'cd -'], 'Wind park:/a'],
])('%j leads to %s', async (lines, path) => {
	expect((await where(...lines)).path).toBe(path);
});

test('`cd -` says where it leads, the others are silent', async () => {
	expect((await where('cd weather', 'cd -')).text).toBe('Campus study:/\n');
	expect((await where('cd weather')).text).toBe('');
});

test.each([
	['cd readme.txt', 'cd: readme.txt: a file, not a directory'],
	['cd wether', 'cd: wether: no such directory in / (did you mean weather?)'],
	['cd -', 'cd: -: there is no previous directory'],
])('%s fails and stays', async (line, message) => {
	const {screen, path, status} = await where(line);
	expect(screen[0]).toBe(message);
	expect(path).toBe('Campus study:/');
	expect(status).not.toBe(0);
});
