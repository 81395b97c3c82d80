import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Desk, openDesk} from './desk.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({Store: {'a.csv': 'a', 'b.csv': 'b', cases: {}}});
});
afterAll(() => desk.close());

test('sets, shows and takes away a description', async () => {
	expect(await desk.run('describe a.csv')).toMatchObject({status: 0, records: [{path: '/a.csv'}]});
	expect((await desk.run('describe a.csv', {interactive: true})).screen).toEqual(['no description']);
	const set = await desk.run('describe a.csv second run, "with  quotes"; describe a.csv');
	expect(set.status).toBe(0);
	expect(set.text).toBe('second run, with  quotes\n');
	await desk.run("describe a.csv ''");
	expect((await desk.run('describe a.csv')).text.trim()).toBe('');
});

test('newlines and escapes arrive unchanged and are shown as such', async () => {
	await desk.run(String.raw`describe b.csv $'two\nlines \x1b[31m "quoted"'`);
	const {records, text} = await desk.run('describe b.csv');
	expect(records).toMatchObject([{description: 'two\nlines \x1b[31m "quoted"'}]);
	expect(text).not.toContain('\x1b');
});

test.each([
	['a directory', 'describe cases', 'cases: only files can be given a description'],
	['a root', 'describe / text', '/: only files can be given a description'],
	['a missing file', 'describe c.csv text', 'c.csv: no such file or directory in / (did you mean a.csv?)'],
])('refused: %s', async (_title, line, error) => {
	const {errors, status} = await desk.run(line);
	expect(errors).toEqual([error]);
	expect(status).toBe(1);
});

test('a root shows the description of its store', async () => {
	expect((await desk.run('describe /')).records).toMatchObject([{name: 'Store'}]);
});
