import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Desk, openDesk} from './desk.ts';

const content = {'a.csv': 'a', cases: {deep: {}}};
let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({Store: content, Other: {}});
});
afterEach(() => desk.close());

test.each<[line: string, expected: object]>([
	['mkdir new', {...content, new: {}}],
	['mkdir one two', {...content, one: {}, two: {}}],
	['mkdir cases/new/', {...content, cases: {deep: {}, new: {}}}],
	['mkdir "it\'s \\"odd\\" $x"', {...content, 'it\'s "odd" $x': {}}],
	['mkdir -p x/y/z', {...content, x: {y: {z: {}}}}],
	['mkdir -p cases/deep', content],
	['cd cases; mkdir -p ../x/y ./z', {...content, cases: {deep: {}, z: {}}, x: {y: {}}}],
	["mkdir -p 'Store:/x/y'", {...content, x: {y: {}}}],
])('%s', async (line, expected) => {
	const {errors, status} = await desk.run(line);
	expect(errors).toEqual([]);
	expect(status).toBe(0);
	expect(await desk.remote()).toEqual(expected);
});

test('JSON says what was made', async () => {
	const {records, text} = await desk.run('mkdir -p cases/x/y');
	expect(records).toMatchObject([
		{path: '/cases/x', objectType: 'DIRECTORY', name: 'x'},
		{path: '/cases/x/y', objectType: 'DIRECTORY', name: 'y'},
	]);
	expect(text).toBe('');
});

test.each([
	['what is there', 'mkdir cases', 'cases: exists already'],
	['a root', 'mkdir /', '/: exists already'],
	['where a file is', 'mkdir a.csv', 'a.csv: a file bears that name'],
	['in a file', 'mkdir a.csv/x', 'a.csv/x: a.csv: a file, not a directory'],
	['in a file, with -p', 'mkdir -p a.csv/x', 'a.csv: a file, not a directory'],
	['in a missing directory', 'mkdir x/y', 'x/y: x: no such directory in / (try `ls`)'],
	['in a missing store', "mkdir -p 'Nowhere:/x'", 'Nowhere: no such data store (try `stores`)'],
])('refused: %s', async (_title, line, error) => {
	const {errors, status} = await desk.run(line);
	expect(errors).toEqual([error]);
	expect(status).toBe(1);
	expect(await desk.remote()).toEqual(content);
});

test('a directory somebody else has just made is seen', async () => {
	await desk.run('ls');
	const [store] = await desk.exchange.listDataStores();
	await desk.server.ask(
		'mutation ($s: ID!, $p: ID!) {storage_createDataStoreDirectory(dataStoreId: $s, parentDirectoryId: $p, name: "late") {dataStoreDirectoryId}}',
		{s: store!.dataStoreId, p: store!.homeDirectoryId},
	);
	expect((await desk.run('mkdir late')).errors).toEqual(['late: exists already']);
});
