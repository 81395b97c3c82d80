import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Desk, openDesk} from './desk.ts';

const content = {'a.csv': 'a', cases: {deep: {}}, empty: {}};
let desk: Desk;
beforeEach(async () => {
	desk = await openDesk({Store: content});
});
afterEach(() => desk.close());

test('empty directories go', async () => {
	const {status, records} = await desk.run('rmdir empty cases/deep');
	expect(status).toBe(0);
	expect(records).toMatchObject([{path: '/empty'}, {path: '/cases/deep'}]);
	expect(await desk.remote()).toEqual({'a.csv': 'a', cases: {}});
});

test.each([
	[
		'one with something in it',
		'rmdir cases',
		'cases: not empty, it holds 1 item (`rm -r` deletes it with everything in it)',
	],
	['a file', 'rmdir a.csv', 'a.csv: a file, not a directory (`rm` deletes it)'],
	['a root', 'rmdir /', '/: the root of a data store is never deleted'],
	['the one you are in', 'cd empty; rmdir .', '.: you are in it (`cd` out of it first)'],
	['a missing one', 'rmdir emty', 'emty: no such file or directory in / (did you mean empty?)'],
])('refused: %s', async (_title, line, error) => {
	const {errors, status} = await desk.run(line);
	expect(errors).toEqual([error]);
	expect(status).toBe(1);
	expect(await desk.remote()).toEqual(content);
});

test('what somebody else has just put in keeps it', async () => {
	await desk.run('ls empty');
	const [store] = await desk.exchange.listDataStores();
	const {entries} = await desk.exchange.listDirectory(store!.homeDirectoryId!);
	const empty = entries.find(entry => entry.objectType === 'DIRECTORY' && entry.name === 'empty');
	const dataStoreDirectoryId = empty?.objectType === 'DIRECTORY' ? empty.dataStoreDirectoryId : '';
	await desk.server.addFile({dataStoreId: store!.dataStoreId, dataStoreDirectoryId}, 'late.csv', 'x');
	expect((await desk.run('rmdir empty')).status).toBe(1);
	expect(await desk.remote()).toEqual({...content, empty: {'late.csv': 'x'}});
});
