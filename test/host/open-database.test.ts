import {describe, expect, test} from 'vitest';
import {openDatabase, startDatabase} from '../../src/host/open-database.ts';
import {ShellError} from '../../src/shell/errors.ts';
import type {TimeSeriesDb} from '../../src/shell/time-series.ts';

const database = (timeSeriesDbId: string, name: string): TimeSeriesDb => ({
	timeSeriesDbId,
	name,
	description: null,
	ownerUserId: 'user.1',
	databaseName: null,
	tableName: null,
});
const two = [database('1', 'Microgrid'), database('2', 'Wind park')];
const having = (databases: readonly TimeSeriesDb[]) => ({listDatabases: async () => databases});
const failing = (code: ShellError['code']) => ({
	listDatabases: async () => {
		throw new ShellError(code, 'this Exchange has no time-series databases');
	},
});
const nothing = {wanted: undefined, first: true};

describe('a session starts', () => {
	test('with the database asked for, by name or id, whatever is saved', async () => {
		for (const wanted of ['Wind park', 'id:2']) {
			const opened = await openDatabase({timeSeries: having(two), wanted, saved: two[0], first: true});
			expect(opened).toEqual({database: two[1]});
		}
	});

	test('with the one the last one had, as it is called now', async () => {
		const renamed = [two[0]!, database('2', 'Wind farm')];
		const opened = await openDatabase({...nothing, timeSeries: having(renamed), saved: two[1]});
		expect(opened).toEqual({database: renamed[1]});
	});

	test('with one that others share, though the list leaves it out', async () => {
		const shared = async () => [two[1]!];
		const options = {timeSeries: having([two[0]!]), shared, first: true};
		expect(await openDatabase({...options, wanted: 'Wind park'})).toEqual({database: two[1]});
		expect(await openDatabase({...options, wanted: undefined, saved: two[1]})).toEqual({database: two[1]});
	});

	test('with none, and says so, when that is gone', async () => {
		const {database, note} = await openDatabase({
			...nothing,
			timeSeries: having([two[0]!]),
			saved: two[1],
		});
		expect(database).toBeUndefined();
		expect(note).toMatch(/Wind park is no longer there, or not shown to you\. .*`db NAME`/);
	});

	test('with the first one, or, where the first will not do, with the only one', async () => {
		expect(await openDatabase({...nothing, timeSeries: having(two)})).toEqual({database: two[0]});
		const script = {wanted: undefined, first: false};
		expect(await openDatabase({...script, timeSeries: having(two)})).toEqual({database: undefined});
		expect(await openDatabase({...script, timeSeries: having([two[1]!])})).toEqual({database: two[1]});
	});

	test('with none, and without a word, on an Exchange without time series', async () => {
		expect(await openDatabase({...nothing, timeSeries: failing('unsupported')})).toEqual({
			database: undefined,
		});
		expect(await openDatabase({...nothing, timeSeries: having([])})).toEqual({database: undefined});
	});
});

test('a database asked for that nothing is called by is named, with those there are', async () => {
	const opened = openDatabase({
		timeSeries: having(two),
		shared: async () => two,
		wanted: 'Micro',
		first: true,
	});
	await expect(opened).rejects.toMatchObject({code: 'not-found', details: ['Microgrid', 'Wind park']});
	const without = openDatabase({timeSeries: failing('unsupported'), wanted: 'Micro', first: true});
	await expect(without).rejects.toMatchObject({code: 'unsupported'});
});

test('of two databases of one name neither is taken', async () => {
	const timeSeries = having([two[0]!, database('3', 'Microgrid')]);
	const opened = openDatabase({timeSeries, wanted: 'Microgrid', first: true});
	await expect(opened).rejects.toMatchObject({code: 'ambiguous', details: ['id:1', 'id:3']});
});

test('a prompt opens without the one asked for, and says why; a lost connection is not hidden', async () => {
	const opened = await startDatabase({timeSeries: having(two), wanted: 'Micro', first: true});
	expect(opened).toEqual({database: undefined, note: 'Micro: no such database'});
	await expect(startDatabase({...nothing, timeSeries: failing('connection')})).rejects.toMatchObject({
		code: 'connection',
	});
});
