import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({
	Store: {
		cases: {base: {'a.json': '{}'}, 'note.txt': ''},
		empty: {},
		'.hidden': {'b.txt': ''},
		'two\nlines': '',
		z: {'..': {'c.txt': ''}},
	},
});

test('each row of its JSON is an object of the Exchange', async () => {
	const rows = (await runCommands('tree cases --json', {exchange})).text.trimEnd().split('\n');
	expect(rows.map(row => JSON.parse(row))).toMatchObject([
		{path: 'cases', dataStoreDirectoryId: exchange.directoryId('Store:/cases')},
		{path: 'cases/base', dataStoreDirectoryId: exchange.directoryId('Store:/cases/base')},
		{path: 'cases/base/a.json', storageSizeBytes: 2},
		{path: 'cases/note.txt', storageSizeBytes: 0},
	]);
});

test('draws the tree with its count', async () => {
	const {screen} = await runCommands('tree', {exchange});
	expect(screen).toMatchInlineSnapshot(`
		[
		  "./",
		  "├── cases/",
		  "│   ├── base/",
		  "│   │   └── a.json",
		  "│   └── note.txt",
		  "├── empty/",
		  "├── two\\nlines",
		  "└── z/",
		  "4 directories, 3 files",
		]
	`);
});

test.each([
	['tree -L 1', ['./', '├── cases/', '├── empty/', '├── two\\nlines', '└── z/', '3 directories, 1 file']],
	['tree -d cases', ['cases/', '└── base/', '1 directory']],
	['tree -a .hidden', ['.hidden/', '└── b.txt', '0 directories, 1 file']],
	['tree empty', ['empty/', '0 directories, 0 files']],
])('%s', async (line, screen) => {
	expect((await runCommands(line, {exchange})).screen).toEqual(screen);
});

test('asks for one listing a directory, and shows each row once', async () => {
	const fresh = memoryExchange({Store: {a: {b: {c: {}}}, d: {}}});
	const {outputs} = await runCommands('tree --json', {exchange: fresh});
	expect(fresh.requests.filter(request => request.startsWith('listDirectory'))).toHaveLength(5);
	const rows = outputs.flatMap(output => (output.kind === 'records' ? output.records : []));
	expect(rows.map(({path}) => path)).toEqual(['.', 'a', 'a/b', 'a/b/c', 'd']);
});
