import {describe, expect, test} from 'vitest';
import type {Entry, Exchange} from '../../../src/shell/ports.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const stores = {
	Store: {
		weather: {'hour 10.csv': '1'.repeat(1_104), 'hour 2.csv': '12'},
		cases: {deep: {'x.json': '{}'}},
		'readme.txt': 'hello',
		'.env': '',
		LICENSE: 'x'.repeat(48_213),
	},
};
const text = async (line: string, exchange: Exchange = memoryExchange(stores)) =>
	(await runCommands(line, {exchange})).text;
/** Times depend on the zone. */
const untimed = (lines: readonly string[]) => lines.map(line => line.replace(/ +\d+ Nov \d\d:\d\d/, ' TIME'));

describe('ls', () => {
	test.each([
		['ls', 'cases\nLICENSE\nreadme.txt\nweather\n'],
		['ls -a', '.env\ncases\nLICENSE\nreadme.txt\nweather\n'],
		['ls -r', 'weather\nreadme.txt\nLICENSE\ncases\n'],
		['ls -S', 'LICENSE\nreadme.txt\ncases\nweather\n'],
		['ls weather', 'hour 2.csv\nhour 10.csv\n'],
		['ls /weather/', 'hour 2.csv\nhour 10.csv\n'],
		['ls weather/*2.csv readme.txt', 'weather/hour 2.csv\nreadme.txt\n'],
		['ls -d weather / readme.txt', 'weather\n/\nreadme.txt\n'],
		['ls readme.txt weather', 'readme.txt\n\nweather:\nhour 2.csv\nhour 10.csv\n'],
		[
			'ls -R',
			[
				'.:',
				'cases',
				'LICENSE',
				'readme.txt',
				'weather',
				'',
				'cases:',
				'deep',
				'',
				'cases/deep:',
				'x.json',
				'',
				'weather:',
				'hour 2.csv',
				'hour 10.csv',
				'',
			].join('\n'),
		],
	])('%s', async (line, expected) => {
		expect(await text(line)).toBe(expected);
	});

	test('-l in a pipe is name, bytes, ISO time; -h makes sizes readable there too', async () => {
		expect(await text('ls -l weather')).toBe(
			'hour 2.csv\t2\t2026-11-02T17:40:11.000Z\nhour 10.csv\t1104\t2026-11-02T17:40:11.000Z\n',
		);
		expect(await text('ls -lh weather')).toContain('hour 10.csv\t1.1 kB\t');
	});

	test('on a screen fits columns, says how much there is, and what is in known directories', async () => {
		const exchange = memoryExchange(stores);
		const options = {exchange, interactive: true, now: Date.now};
		expect((await runCommands('ls', options)).screen).toEqual([
			'cases/  LICENSE  readme.txt  weather/',
			'2 files, 2 directories',
		]);
		expect(untimed((await runCommands(['ls weather', 'ls -l'], options)).screen)).toEqual([
			'drwx  cases/',
			'-rw-  LICENSE     48.2 kB TIME',
			'-rw-  readme.txt      5 B TIME',
			'drwx  weather/    2 items',
			'2 files, 2 directories',
		]);
		expect((await runCommands('ls cases/deep', options)).screen.at(-1)).toBe('1 file');
	});

	test('-ld of a data store says who sees it', async () => {
		expect(await text('ls -ld weather /')).toBe('weather\t\t\t\n/\t\t\tonly you\n');
		expect(await text('ls -d /')).toBe('/\n');
		const asJson = await runCommands('ls -ld / weather', {exchange: memoryExchange(stores), json: true});
		expect(asJson.text.split('\n').map(line => line && JSON.parse(line).audience?.people)).toEqual([
			0,
			undefined,
			'',
		]);
	});

	test('marks duplicates and unconfirmed uploads', async () => {
		const exchange = memoryExchange(stores);
		exchange.addFile(exchange.directoryId('Store:/'), 'readme.txt');
		const unconfirmed: Exchange = {
			...exchange,
			listDirectory: async (id, read) => {
				const listing = await exchange.listDirectory(id, read);
				const entries = listing.entries.map(
					(entry): Entry =>
						entry.objectType === 'FILE' && entry.name === 'LICENSE'
							? {...entry, s3ConfirmedUpload: false}
							: entry,
				);
				return {...listing, entries};
			},
		};
		const {screen} = await runCommands('ls', {exchange: unconfirmed, interactive: true, now: Date.now});
		expect(screen[0]).toBe('cases/  LICENSE unconfirmed  readme.txt ×2  readme.txt ×2  weather/');
	});

	test('names duplicates that a glob found by their name', async () => {
		const exchange = memoryExchange(stores);
		exchange.addFile(exchange.directoryId('Store:/'), 'readme.txt');
		exchange.addFile(exchange.directoryId('Store:/weather'), 'hour 2.csv');
		expect(await text('ls r*.txt', exchange)).toBe('readme.txt\nreadme.txt\n');
		expect(await text('ls weather/*2.csv', exchange)).toBe('weather/hour 2.csv\nweather/hour 2.csv\n');
		const files = 'weather/hour 2.csv\nweather/hour 2.csv\nweather/hour 10.csv\n';
		expect(await text('ls weather/*', exchange)).toBe(files);
		expect(await text('ls /weather/*', exchange)).toBe(files.replaceAll('weather', '/weather'));
		expect(await text('cd cases; ls ../weather/*', exchange)).toBe(files.replaceAll('weather', '../weather'));
	});

	test('as JSON has a record a row with the names of the API, and its path where it is not alone', async () => {
		const rows = (await text('ls --json weather')).trimEnd().split('\n');
		expect(JSON.parse(rows[0]!)).toEqual({
			objectType: 'FILE',
			dataStoreFileId: 'dataStoreFileId.5',
			name: 'hour 2',
			fileExtension: 'csv',
			storageSizeBytes: 2,
			s3ConfirmedUpload: true,
			lastModified: '2026-11-02T17:40:11.000Z',
		});
		const nested = (await text('ls -R --json')).trimEnd().split('\n');
		expect(nested.map(line => JSON.parse(line).path)).toContain('cases/deep/x.json');
	});

	test('shows hostile names on one harmless line each', async () => {
		const exchange = memoryExchange({
			Store: {'a\nb\u001b]0;x\u0007': '', '../../etc': {}, '\u202egnp.exe': ''},
		});
		const {screen} = await runCommands('ls -1a', {exchange});
		expect(screen.toSorted()).toEqual(['../../etc/', '\\u202egnp.exe', 'a\\nb\\x1b]0;x\\x07']);
		expect((await text('ls -a', exchange)).trimEnd().split('\n')).toHaveLength(3);
	});

	test.each([
		['ls nothing', 'ls: nothing: no such file or directory in / (try `ls`)'],
		['ls readme.txt/', 'ls: readme.txt/: a file, not a directory'],
	])('%s is an error', async (line, message) => {
		const {screen, status} = await runCommands(line, {exchange: memoryExchange(stores)});
		expect([screen[0], status]).toEqual([message, 1]);
	});
});

test('what is there is listed beside what is not', async () => {
	const {text, screen, status} = await runCommands('ls nope weather Nope:/x', {
		exchange: memoryExchange(stores),
	});
	expect(text).toBe('weather:\nhour 2.csv\nhour 10.csv\n');
	expect(screen.slice(0, 6)).toEqual([
		'ls: nope: no such file or directory in / (try `ls`)',
		'     ls nope weather Nope:/x',
		'        ^^^^',
		'ls: Nope: no such data store (try `stores`)',
		'     ls nope weather Nope:/x',
		'                     ^^^^^^^',
	]);
	expect(status).toBe(1);
});

describe('ls and the cache', () => {
	test('a directory that was just listed is not asked for again', async () => {
		const exchange = memoryExchange(stores);
		await runCommands(['ls weather', 'cd weather', 'ls', 'ls -l'], {exchange});
		expect(exchange.requests.filter(request => request.startsWith('listDirectory'))).toHaveLength(2);
	});

	test('someone who watches sees old rows at once with their age, then new ones in their place', async () => {
		const exchange = memoryExchange(stores);
		const root = exchange.directoryId('Store:/');
		const old = await exchange.listDirectory(root);
		const aged: Exchange = {
			...exchange,
			cachedListing: () => ({...old, fetchedAt: Date.now() - 17 * 60_000}),
			listDirectory: (id, read) => exchange.listDirectory(id, {...read, maxAge: 0}),
		};
		exchange.addFile(root, 'new.txt');
		const {outputs, screen} = await runCommands('ls', {exchange: aged, interactive: true, now: Date.now});
		expect(outputs.map(output => output.kind)).toEqual(['records', 'note', 'records', 'note']);
		expect(outputs[1]).toMatchObject({text: '2 files, 2 directories · listed 17 m ago'});
		expect(screen).toEqual(['cases/  LICENSE  new.txt  readme.txt  weather/', '3 files, 2 directories']);
		const scripted = await runCommands('ls', {exchange: aged});
		expect(scripted.outputs).toHaveLength(1);
		expect(scripted.text).toContain('new.txt');
	});

	test('two listings of one line do not replace each other', async () => {
		const {screen} = await runCommands('ls weather; ls weather', {
			exchange: memoryExchange(stores),
			interactive: true,
			now: Date.now,
		});
		expect(screen.filter(line => line.includes('hour 2.csv'))).toHaveLength(2);
	});
});
