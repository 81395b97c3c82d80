import {appendFile, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openHistoryFile} from '../../src/host/history-file.ts';
import {readLastSession, writeLastSession} from '../../src/host/location-file.ts';
import type {Location} from '../../src/shell/session.ts';
import type {TimeSeriesDb} from '../../src/shell/time-series.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-session-'));
});
afterAll(() => rm(folder, {recursive: true}));

describe('history', () => {
	test('survives a restart, with line breaks, readable by its owner alone', async () => {
		const file = path.join(folder, 'new', 'history');
		const first = await openHistoryFile(file);
		first.append('ls');
		first.append('cat "two\nlines"');
		await first.settled();
		expect((await openHistoryFile(file)).lines).toEqual(['ls', 'cat "two\nlines"']);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
	});

	test('is bounded: a file that has grown is cut to its newest lines', async () => {
		const file = path.join(folder, 'long');
		await writeFile(file, Array.from({length: 20_000}, (_, line) => `"line ${line}"\n`).join(''));
		const history = await openHistoryFile(file);
		await history.settled();
		expect(history.lines).toHaveLength(10_000);
		expect(history.lines.at(-1)).toBe('line 19999');
		expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(10_001);
	});

	test('a damaged row loses that row only', async () => {
		const file = path.join(folder, 'damaged');
		await writeFile(file, '"one"\n"tw');
		await appendFile(file, '\n"three"\n{}\n');
		expect((await openHistoryFile(file)).lines).toEqual(['one', 'three']);
	});

	test('a folder that cannot be written costs no error', async () => {
		const file = path.join(folder, 'blocked');
		await writeFile(file, '');
		const history = await openHistoryFile(path.join(file, 'history'));
		history.append('ls');
		await expect(history.settled()).resolves.toBeUndefined();
	});
});

describe('the last location', () => {
	const location: Location = {
		store: {
			dataStoreId: 'dataStoreId.1',
			name: 'Campus',
			description: null,
			ownerUserId: null,
			homeDirectoryId: 'home',
		},
		trail: [{dataStoreDirectoryId: 'home', name: ''}],
	};

	const database: TimeSeriesDb = {
		timeSeriesDbId: 'timeSeriesDbId.1',
		name: 'Microgrid',
		description: null,
		ownerUserId: 'user.1',
		databaseName: 'microgrid',
		tableName: null,
	};
	const nothing = {location: undefined, database: undefined};

	test('is kept for each exchange, and the database with it', async () => {
		const file = path.join(folder, 'state', 'locations.json');
		await writeLastSession(file, 'one', {location, database});
		await writeLastSession(file, 'two', {location: undefined, database});
		await writeLastSession(file, 'three', {location, database: undefined});
		expect(await readLastSession(file, 'one')).toEqual({location, database});
		expect(await readLastSession(file, 'two')).toEqual({location: undefined, database});
		expect(await readLastSession(file, 'three')).toEqual({location, database: undefined});
		expect(await readLastSession(file, 'four')).toEqual(nothing);
	});

	test('of a file from before there were databases stays good', async () => {
		const file = path.join(folder, 'older.json');
		await writeFile(file, JSON.stringify({one: location}));
		expect(await readLastSession(file, 'one')).toEqual({location, database: undefined});
	});

	test('a damaged database loses that alone', async () => {
		const file = path.join(folder, 'damaged-database.json');
		await writeFile(file, JSON.stringify({one: {...location, database: {name: 5}}}));
		expect(await readLastSession(file, 'one')).toEqual({location, database: undefined});
	});

	test.each(['', '[]', 'null', '{"one": 5}', '{"one": {"store": {}, "trail": []}}', '{"one'])(
		'a damaged file %j counts as none',
		async text => {
			const file = path.join(folder, 'damaged.json');
			await writeFile(file, text);
			expect(await readLastSession(file, 'one')).toEqual(nothing);
		},
	);
});
