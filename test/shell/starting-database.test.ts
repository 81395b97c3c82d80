import {expect, test, vi} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import {reduceSession, type Session} from '../../src/shell/session.ts';
import {findStartingDatabase, type StartingDatabase} from '../../src/shell/starting-database.ts';
import type {TimeSeriesDb} from '../../src/shell/time-series.ts';

const database = (name: string): TimeSeriesDb => ({
	timeSeriesDbId: name,
	name,
	description: null,
	ownerUserId: 'user.1',
	databaseName: null,
	tableName: null,
});
const series = {group: 'Time series'} as const;
const never = new AbortController().signal;

function starting(open: () => Promise<StartingDatabase>, saved?: TimeSeriesDb, lazy?: true) {
	let session: Session = {
		location: undefined,
		previous: undefined,
		database: saved,
		localDirectory: '/',
		status: 0,
	};
	const notes: string[] = [];
	const dispatch: Parameters<typeof findStartingDatabase>[0]['dispatch'] = action => {
		session = reduceSession(session, action);
	};
	const say = (note: string) => notes.push(note);
	const prepare = findStartingDatabase({
		open,
		session: () => session,
		dispatch,
		say,
		...(lazy && {lazy}),
	});
	return {prepare, dispatch, notes, selected: () => session.database?.name};
}

test('only the commands of time series wait for the database', async () => {
	const {promise, resolve} = Promise.withResolvers<StartingDatabase>();
	const {prepare, selected} = starting(() => promise);
	await prepare({group: 'Files'}, never);
	const prepared = prepare(series, never);
	expect(selected()).toBeUndefined();
	resolve({database: database('Microgrid')});
	await prepared;
	expect(selected()).toBe('Microgrid');
});

test('it is looked for at once and once, or, if need be, when the first command wants it', async () => {
	const open = vi.fn(async () => ({database: database('Microgrid')}));
	const {prepare} = starting(open);
	expect(open).toHaveBeenCalledTimes(1);
	await prepare(series, never);
	await prepare(series, never);
	expect(open).toHaveBeenCalledTimes(1);
	open.mockClear();
	const lazily = starting(open, undefined, true);
	await lazily.prepare({group: 'Files'}, never);
	expect(open).not.toHaveBeenCalled();
	await lazily.prepare(series, never);
	expect(lazily.selected()).toBe('Microgrid');
});

test('a saved one that is gone is no longer selected, and that is said', async () => {
	const {prepare, notes, selected} = starting(
		async () => ({database: undefined, note: 'gone'}),
		database('Old'),
	);
	await prepare(series, never);
	expect([selected(), notes]).toEqual([undefined, ['gone']]);
});

test('an Exchange that cannot be asked fails the command, and the next one asks again', async () => {
	const open = vi.fn<() => Promise<StartingDatabase>>();
	open.mockRejectedValueOnce(new ShellError('connection', 'gone'));
	open.mockRejectedValueOnce(new ShellError('connection', 'still gone'));
	open.mockResolvedValue({database: database('Microgrid')});
	const {prepare, selected} = starting(open);
	await expect(prepare(series, never)).rejects.toMatchObject({code: 'connection'});
	await prepare(series, never).catch(() => undefined);
	await prepare(series, never);
	expect(selected()).toBe('Microgrid');
});

test('with a saved one the command goes on', async () => {
	const {prepare, selected} = starting(async () => {
		throw new ShellError('connection', 'gone');
	}, database('Old'));
	await prepare(series, never);
	expect(selected()).toBe('Old');
});

test('an abort ends the wait; what was selected in the meantime stays', async () => {
	const {promise, resolve} = Promise.withResolvers<StartingDatabase>();
	const {prepare, dispatch, selected} = starting(() => promise);
	const abort = new AbortController();
	const waiting = prepare(series, abort.signal);
	abort.abort();
	await expect(waiting).rejects.toThrow();
	dispatch({type: 'database', database: database('Chosen')});
	resolve({database: database('Microgrid')});
	await prepare(series, never);
	expect(selected()).toBe('Chosen');
});
