import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {createLocalFiles} from '../../../src/host/local-files.ts';
import type {Progress} from '../../../src/shell/command.ts';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Exchange} from '../../../src/shell/ports.ts';
import type {ExportRequest} from '../../../src/shell/time-series.ts';
import {type MemoryAsset, memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {noon, runCommands} from '../../support/run.ts';

const at = (minutesAgo: number) => new Date(noon - minutesAgo * 60_000).toISOString();
const assets: readonly MemoryAsset[] = [
	{
		assetId: 'feeder-1',
		name: 'Feeder 1',
		attributes: {
			kW: [
				[at(1500), 1],
				[at(30), 2],
				[at(10), 3],
			],
			kVAR: [[at(10), 9]],
		},
	},
	{assetId: 'feeder-2', name: 'Feeder 2', attributes: {kW: [[at(20), 5]]}},
	{assetId: 'odd', name: '../../.etc/pass\nwd', attributes: {kW: [[at(20), 5]]}},
	{assetId: 'new', name: 'New', attributes: {}},
];
const header = 'assetId,attribute,timestamp,value\n';
const kilowatts = `${header}feeder-1,kW,${at(30)},2\nfeeder-1,kW,${at(10)},3\n`;

const of = (local = memoryFiles({'/desk/': ''})) => {
	const exchange = memoryExchange({}, {databases: {Grid: assets}});
	return {exchange, local, session: {database: exchange.database('Grid'), localDirectory: '/desk'}};
};
const errorsIn = ({outputs}: Awaited<ReturnType<typeof runCommands>>) =>
	outputs.flatMap(output => (output.kind === 'error' ? [output.error] : []));
const progressIn = ({outputs}: Awaited<ReturnType<typeof runCommands>>) =>
	outputs.filter((output): output is Progress => output.kind === 'progress');
/** An Exchange whose exports are made by `exportFile`. */
const exporting = (
	{exchange, ...world}: ReturnType<typeof of>,
	exportFile: Exchange['timeSeries']['exportFile'],
) => ({...world, exchange: {...exchange, timeSeries: {...exchange.timeSeries, exportFile}}});

describe('where samples go', () => {
	test('into the file that is named, of the last 24 hours', async () => {
		const world = of();
		const {outputs, status} = await runCommands("export 'Feeder 1:kW' -o kw.csv", world);
		expect(status).toBe(0);
		expect(world.local.contents.get('/desk/kw.csv')).toBe(kilowatts);
		expect(outputs).toContainEqual({kind: 'note', text: 'Feeder 1 kW → /desk/kw.csv'});
	});

	test.each([
		["export 'Feeder 1'", 'Feeder 1.csv'],
		["export 'Feeder 1:kW'", 'Feeder 1 kW.csv'],
		["export 'Feeder 1' 'Feeder 2' --format json", 'Feeder 1, Feeder 2.json'],
		["export 'Feeder 1' 'Feeder 2' -o out/", 'out/Feeder 1, Feeder 2.csv'],
		["export 'Feeder 1' -o here", 'here/Feeder 1.csv'],
		['export id:odd', '_.._.etc_pass_wd.csv'],
	])('%s: on a screen into %s', async (line, name) => {
		const world = of(memoryFiles({'/desk/': '', '/desk/here/': ''}));
		const {status} = await runCommands(line, {...world, interactive: true});
		expect(status).toBe(0);
		expect([...world.local.contents.keys()].filter(path => !path.endsWith('/'))).toEqual([`/desk/${name}`]);
	});

	test('into no directory that is not there: the Exchange is not asked for the samples', async () => {
		const world = of();
		const result = await runCommands("export 'Feeder 1' -o nowhere/kw.csv", world);
		expect(errorsIn(result)).toMatchObject([
			{code: 'not-found', message: '/desk/nowhere: no such local directory', hint: '-o DIRECTORY/ makes one'},
		]);
		expect(progressIn(result)).toEqual([]);
	});

	test('into the pipe, or the file behind >', async () => {
		const world = of();
		expect((await runCommands("export 'Feeder 1:kW'", world)).text).toBe(kilowatts);
		await runCommands("export 'Feeder 1:kW' > kw.csv", {...world, interactive: true});
		expect(world.local.contents.get('/desk/kw.csv')).toBe(kilowatts);
	});

	test('into no file that is there already, unless -f says so', async () => {
		const world = of(memoryFiles({'/desk/kw.csv': 'mine'}));
		const refused = await runCommands("export 'Feeder 1:kW' -o kw.csv", world);
		expect(errorsIn(refused)).toMatchObject([{code: 'exists', message: '/desk/kw.csv: exists already'}]);
		expect(progressIn(refused)).toEqual([]);
		expect(world.local.contents.get('/desk/kw.csv')).toBe('mine');
		await runCommands("export -f 'Feeder 1:kW' -o kw.csv", world);
		expect(world.local.contents.get('/desk/kw.csv')).toBe(kilowatts);
	});
});

describe('what is asked for', () => {
	const requestOf = async (line: string) => {
		let request: ExportRequest | undefined;
		const world = exporting(of(), async asked => {
			request = asked;
			return {size: 0, body: (async function* () {})()};
		});
		const {outputs} = await runCommands(line, world);
		expect(outputs.filter(({kind}) => kind === 'error')).toEqual([]);
		return request!;
	};

	test('all attributes of an asset, or those that are named', async () => {
		expect((await requestOf("export 'Feeder 1' 'Feeder 2:kW'")).assets).toEqual([
			{assetId: 'feeder-1', attributeNames: ['kW', 'kVAR']},
			{assetId: 'feeder-2', attributeNames: ['kW']},
		]);
	});

	test('a time range', async () => {
		const {from, to} = await requestOf("export 'Feeder 1' --from now-48h --to now-1h");
		expect([noon - from, noon - to]).toEqual([48 * 3_600_000, 3_600_000]);
	});

	test.each([
		["export 'Feeder 1'", 'CSV'],
		["export 'Feeder 1' -o x.json", 'JSON'],
		["export 'Feeder 1' -o x.JSON --format csv", 'CSV'],
		["export 'Feeder 1' --format json", 'JSON'],
		["export 'Feeder 1' --json", 'JSON'],
		["export 'Feeder 1' --csv", 'CSV'],
	])('%s is %s', async (line, format) => {
		expect((await requestOf(line)).format).toBe(format);
	});
});

test('a range after the newest sample is pointed out, and exported as it is', async () => {
	const {text, outputs, status} = await runCommands("export 'Feeder 1' --since 5m", of());
	expect([text, status]).toEqual([header, 0]);
	expect(outputs.filter(output => output.kind === 'note').map(note => note.text)).toEqual([
		expect.stringMatching(/^no samples between .*: the newest is from /),
	]);
});

test('--json is the export as JSON; with a file a record of it', async () => {
	const {text} = await runCommands("export 'Feeder 1:kVAR' --json", of());
	expect(JSON.parse(text)).toEqual([{assetId: 'feeder-1', attribute: 'kVAR', timestamp: at(10), value: '9'}]);
	const saved = await runCommands("export 'Feeder 1:kW' -o kw.csv --format csv --json", of());
	expect(JSON.parse(saved.text)).toEqual({
		localPath: '/desk/kw.csv',
		fileFormat: 'CSV',
		fileSizeBytes: kilowatts.length,
	});
});

test('progress: how far the Exchange is, then bytes', async () => {
	let now = noon;
	const bytes = new Uint8Array(1000);
	const later = async () => {
		await new Promise(resolve => setImmediate(resolve));
		now += 100;
	};
	const world = exporting(of(), async ({onProgress}) => {
		await later();
		onProgress?.('query', 50);
		await later();
		onProgress?.('file', 0);
		await later();
		return {
			size: 2000,
			body: (async function* () {
				yield bytes;
				await later();
				yield bytes;
			})(),
		};
	});
	const ran = await runCommands("export 'Feeder 1' -o x.csv", {...world, now: () => now});
	const seen = progressIn(ran);
	expect(seen.map(({percent, detail}) => [percent, detail])).toContainEqual([
		50,
		'the Exchange reads the samples',
	]);
	expect(seen.map(({detail}) => detail)).toContain('the Exchange writes the file');
	expect(seen.at(-1)).toMatchObject({bytes: 2000, total: 2000, done: true});
	expect(seen.at(-1)).not.toHaveProperty('failed');
});

describe('what is wrong', () => {
	test.each<[string, string, string]>([
		["export 'Feeder 9'", 'not-found', 'Feeder 9: '],
		["export 'Feeder 1:kX'", 'not-found', 'kX: no such attribute of Feeder 1'],
		['export New', 'not-found', 'New: no attributes yet'],
		["export 'Feeder 1' --from today --to yesterday", 'usage', 'today: not before yesterday'],
		["export 'Feeder 1' --since whenever", 'usage', 'whenever'],
		["export 'Feeder 1' --format xml", 'usage', 'xml'],
		['export', 'usage', ''],
	])('%s', async (line, code, message) => {
		const [error] = errorsIn(await runCommands(line, of()));
		expect([error?.code, error?.message]).toEqual([code, expect.stringContaining(message)]);
	});

	test('no database', async () => {
		const {session: _none, ...world} = of();
		const [error] = errorsIn(await runCommands("export 'Feeder 1'", world));
		expect(error?.code).toBe('usage');
	});

	test('what the Exchange says is about the assets, and ends the progress', async () => {
		const world = exporting(of(), async ({onProgress}) => {
			onProgress?.('query', 10);
			throw new ShellError('timeout', 'the Exchange has not said that the file is there');
		});
		for (const line of ["export 'Feeder 1' -o x.csv", "export 'Feeder 1'"]) {
			const ran = await runCommands(line, world);
			expect(errorsIn(ran).map(({message}) => message)).toEqual([
				'Feeder 1: the Exchange has not said that the file is there',
			]);
			expect(progressIn(ran).at(-1)).toMatchObject({done: true, failed: true});
			expect(ran.status).toBe(4);
		}
		expect(world.local.contents.has('/desk/x.csv')).toBe(false);
	});

	test('a query that the Exchange forgot before the file was made: to run it again', async () => {
		const world = exporting(of(), async () => {
			throw new ShellError('not-found', 'Query abc-1 does not exist');
		});
		for (const line of ["export 'Feeder 1' -o x.csv", "export 'Feeder 1'"]) {
			const [error] = errorsIn(await runCommands(line, world));
			expect(error).toMatchObject({code: 'not-found', hint: 'run `export` again'});
			expect(error?.message).toMatch(/^Feeder 1: the Exchange does not know the query any more/);
		}
	});

	test('an export larger than the disk: one clear line', async () => {
		const local = {
			...memoryFiles({'/desk/': ''}),
			write: async (path: string) => {
				throw new ShellError('local', `${path}: the local disk is full`, {hint: 'make room and try again'});
			},
		};
		const {exchange, session} = of();
		const ran = await runCommands("export 'Feeder 1' -o x.csv", {exchange, session, local});
		expect(errorsIn(ran)).toMatchObject([{code: 'local', message: '/desk/x.csv: the local disk is full'}]);
	});
});

test('Ctrl-C in the middle of the file leaves nothing here, and tells the Exchange', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-export-'));
	const stop = new AbortController();
	let isLeft = false;
	const world = exporting(of(), async (_request, call) => ({
		size: 2,
		body: (async function* () {
			try {
				yield new Uint8Array(1);
				stop.abort();
				call?.signal?.throwIfAborted();
				yield new Uint8Array(1);
			} finally {
				isLeft = true;
			}
		})(),
	}));
	const {status} = await runCommands("export 'Feeder 1' -o x.csv", {
		...world,
		local: createLocalFiles(),
		session: {...world.session, localDirectory: directory},
		signal: stop.signal,
	});
	expect([status, isLeft, await readdir(directory)]).toEqual([130, true, []]);
	await rm(directory, {recursive: true});
});
