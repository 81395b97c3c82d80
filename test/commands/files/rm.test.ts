import {afterEach, beforeEach, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type Desk, openDesk} from './desk.ts';

const content = {
	'a.csv': 'aa',
	'b.csv': 'bbb',
	'readme.txt': 'hello\n',
	cases: {'one.csv': '1', deep: {'two.csv': '22'}},
	empty: {},
};
let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({'Campus study': content});
});
afterEach(() => desk.close());

/** Runs a line and answers its question. */
const answer = async (line: string | readonly string[], yes: boolean) => {
	const questions: string[] = [];
	const confirm = async (question: string) => {
		questions.push(question);
		return yes;
	};
	return {...(await desk.run(line, {confirm, interactive: true})), questions};
};

test.each([
	['one file', 'rm a.csv', 'Remove /a.csv (2 B)?'],
	['a glob', 'rm *.csv', 'Remove 2 files (5 B)?'],
	['a directory with its contents', 'rm -r cases', 'Remove /cases, 2 directories with 2 files (3 B)?'],
	['an empty directory', 'rm -r empty', 'Remove /empty, an empty directory?'],
	['both', 'rm -r cases a.csv', 'Remove 2 directories and 3 files (5 B)?'],
])('asks first: %s', async (_title, line, question) => {
	const {questions, status, notes} = await answer(line, false);
	expect(questions).toEqual([question]);
	expect(notes).toEqual(['nothing deleted']);
	expect(status).toBe(0);
	expect(await desk.remote()).toEqual(content);
});

test('deletes after a yes, and says what in JSON', async () => {
	const {status, records, text} = await answer('rm a.csv b.csv', true);
	expect(status).toBe(0);
	expect(records).toMatchObject([{path: '/a.csv'}, {path: '/b.csv'}]);
	expect(text).toBe('');
	expect(Object.keys(await desk.remote())).toEqual(['cases', 'empty', 'readme.txt']);
});

test('without a person it needs -f', async () => {
	const confirm = async () => {
		throw new ShellError('usage', 'a question needs somebody to answer', {hint: '-f does not ask'});
	};
	const {status} = await desk.run('rm a.csv', {confirm});
	expect(status).toBe(2);
	expect(await desk.remote()).toEqual(content);
	expect((await desk.run('rm -f a.csv', {confirm})).status).toBe(0);
	expect(await desk.remote()).not.toHaveProperty(['a.csv']);
});

test('a directory needs -r, and goes with everything in it', async () => {
	const {status, errors} = await desk.run('rm -f cases');
	expect(errors).toEqual(['cases: a directory (-r deletes it with everything in it)']);
	expect(status).toBe(1);
	expect((await desk.run('rm -rf cases')).status).toBe(0);
	expect(Object.keys(await desk.remote())).toEqual(['a.csv', 'b.csv', 'empty', 'readme.txt']);
});

test.each(['rm -rf /', 'rm -rf .', "rm -rf 'Campus study:/'", 'cd cases; rm -rf ..'])(
	'the root of a store always stays: %s',
	async line => {
		const {status, errors} = await desk.run(line);
		expect(errors[0]).toMatch(/: the root of a data store is never deleted$/);
		expect(status).toBe(1);
		expect(await desk.remote()).toEqual(content);
	},
);

test('the directory one is in stays', async () => {
	const {errors} = await desk.run('cd cases/deep; rm -rf /cases');
	expect(errors).toEqual(['/cases: you are in it (`cd` out of it first)']);
});

test('-n changes nothing and says what would go', async () => {
	const requests = desk.server.server.requests();
	const {status, records, notes} = await desk.run('rm -nr cases a.csv');
	expect(status).toBe(0);
	expect(records).toMatchObject([
		{path: '/cases', files: 2, bytes: 3},
		{path: '/a.csv', files: 1, bytes: 2},
	]);
	expect(notes).toEqual(['would remove 2 directories and 3 files (5 B)']);
	expect(await desk.remote()).toEqual(content);
	expect(desk.server.server.requests()).toBeGreaterThan(requests);
});

test('a missing name is an error, said before the question; with -f it is passed over', async () => {
	const {questions, errors, status} = await answer('rm a.cvs b.csv', false);
	expect(errors).toEqual(['a.cvs: no such file or directory in / (did you mean a.csv?)']);
	expect(questions).toEqual(['Remove /b.csv (3 B)?']);
	expect(status).toBe(1);
	expect((await desk.run('rm -f nothing.csv')).status).toBe(0);
});

test('of two files of one name none is guessed at; by id it goes', async () => {
	const [store] = await desk.exchange.listDataStores();
	const home = {dataStoreId: store!.dataStoreId, dataStoreDirectoryId: store!.homeDirectoryId!};
	const id = await desk.server.addFile(home, 'a.csv', 'second');
	const {status, errors} = await desk.run('rm -f a.csv');
	expect(errors[0]).toMatch(/a.csv is ambiguous/);
	expect(status).toBe(1);
	expect(await desk.remote()).toEqual({...content, 'a.csv (2)': 'second'});
	expect((await desk.run(`rm -f id:${id}`)).status).toBe(0);
	expect(await desk.remote()).toEqual(content);
});

test('a file named twice goes once', async () => {
	const {questions, status} = await answer('rm a.csv ./a.csv /a.csv', true);
	expect(questions).toEqual(['Remove /a.csv (2 B)?']);
	expect(status).toBe(0);
});

test('names it cannot delete stay, the others go', async () => {
	const exchange = {
		...desk.exchange,
		deleteFile: async (...call: Parameters<typeof desk.exchange.deleteFile>) => {
			const listing = await desk.exchange.listDirectory(call[0].from);
			const file = listing.entries.find(
				entry => entry.objectType === 'FILE' && entry.dataStoreFileId === call[0].dataStoreFileId,
			);
			if (file?.name === 'a') throw new ShellError('denied', 'you have no permission for this');
			await desk.exchange.deleteFile(...call);
		},
	};
	const {status, errors, notes} = await desk.run('rm -f *.csv', {exchange});
	expect(errors).toEqual(['/a.csv: you have no permission for this']);
	expect(notes).toEqual(['1 done, 1 failed']);
	expect(status).toBe(1);
});
