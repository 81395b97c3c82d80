import {beforeEach, describe, expect, test} from 'vitest';
import {latest} from '../../../src/commands/time-series/latest.ts';
import {plain} from '../../../src/render/plain.ts';
import type {Context, Output} from '../../../src/shell/command.ts';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Session} from '../../../src/shell/session.ts';
import {memoryAccount} from '../../support/memory-account.ts';
import {type MemoryExchange, memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {noon, runCommands} from '../../support/run.ts';

const ago = (ms: number) => new Date(noon - ms).toISOString();
const at = (ms: number, value: number | string) => [ago(ms), value] as const;

let exchange: MemoryExchange;
let session: Partial<Session>;
beforeEach(() => {
	exchange = memoryExchange(
		{},
		{
			databases: {
				Microgrid: [
					{
						assetId: 'asset-1',
						name: 'Feeder 1',
						attributes: {'A kW': [at(10_000, 400), at(5_000, 412.6)], kVAR: [at(5_000, 88.1)]},
					},
					{assetId: 'asset-2', name: 'Feeder 2', attributes: {'A kW': [at(60_000, 398.2)]}},
					{assetId: 'asset-3', name: 'Battery', attributes: {State: [at(1_020_000, 'charging')], SOC: []}},
				],
			},
		},
	);
	session = {database: exchange.database('Microgrid')};
});

const run = (line: string, options = {}) => runCommands(line, {exchange, session, ...options});
const names = async (line: string) => {
	const {text} = await run(line);
	return text
		.split('\n')
		.filter(Boolean)
		.map(row => row.split('\t').slice(0, 2).join(':'));
};

test('shows asset, attribute, value, type, recent past and age, by name; missing data is no zero', async () => {
	const {screen} = await run('latest', {interactive: true});
	expect(screen).toEqual([
		expect.stringMatching(/^asset +attribute +value +recent +age +type$/),
		expect.stringMatching(/^Battery +State +charging +17 m +VARCHAR$/),
		expect.stringMatching(/^Battery +SOC +· +· +\S+$/),
		expect.stringMatching(/^Feeder 1 +A kW +412\.6 +\S+ +5 s +DOUBLE$/),
		expect.stringMatching(/^Feeder 1 +kVAR +88\.1 +\S+ +5 s +DOUBLE$/),
		expect.stringMatching(/^Feeder 2 +A kW +398\.2 +\S+ +1 m +DOUBLE$/),
		'5 values of 3 assets in Microgrid',
	]);
});

test('of no assets at all says what makes the first one', async () => {
	const empty = memoryExchange({}, {databases: {Grid: []}});
	const world = {exchange: empty, session: {database: empty.database('Grid')}, interactive: true};
	const drawn = await runCommands('latest', world);
	expect(drawn.screen.at(-1)).toBe('0 values of 0 assets in Grid · `publish ASSET kW=412.5 --new` makes one');
	const plainly = await runCommands('latest', {...world, redraws: false});
	expect(plainly.screen.at(-1)).toBe('no assets in Grid yet: `publish ASSET kW=412.5 --new` makes one');
	const {screen} = await runCommands('assets', world);
	expect(screen.at(-1)).toBe('0 assets in Grid · `publish ASSET kW=412.5 --new` makes one');
});

test('in JSON the API’s words, and nothing else', async () => {
	const {text} = await run("latest 'Feeder 1' 'A kW'", {json: true, interactive: true});
	expect(JSON.parse(text)).toEqual({
		assetId: 'asset-1',
		name: 'Feeder 1',
		attribute: 'A kW',
		attributeType: 'DOUBLE',
		lastValue: '412.6',
		lastValueTime: ago(5_000),
	});
});

test('-l adds the time and the id', async () => {
	const {text} = await run("latest 'Feeder 2' -l");
	expect(text).toBe(`Feeder 2\tA kW\t398.2\t${ago(60_000)}\tasset-2\tDOUBLE\n`);
});

describe('words', () => {
	test.each<[line: string, rows: string[]]>([
		['latest "Feeder 1"', ['Feeder 1:A kW', 'Feeder 1:kVAR']],
		['latest asset-2 id:asset-1', ['Feeder 1:A kW', 'Feeder 1:kVAR', 'Feeder 2:A kW']],
		['latest "A kW"', ['Feeder 1:A kW', 'Feeder 2:A kW']],
		['latest Feeder* kVAR', ['Feeder 1:kVAR']],
		['latest Feeder?1 *W', ['Feeder 1:A kW']],
		['latest kVAR "Feeder 1" "A kW"', ['Feeder 1:kVAR', 'Feeder 1:A kW']],
	])('%s', async (line, rows) => {
		expect(await names(line)).toEqual(rows);
	});
});

describe('order', () => {
	test.each<[line: string, rows: string[]]>([
		[
			'latest --sort value',
			['Feeder 1:A kW', 'Feeder 2:A kW', 'Feeder 1:kVAR', 'Battery:State', 'Battery:SOC'],
		],
		[
			'latest --sort time',
			['Feeder 1:A kW', 'Feeder 1:kVAR', 'Feeder 2:A kW', 'Battery:State', 'Battery:SOC'],
		],
		['latest --sort attribute -r "A kW" kVAR', ['Feeder 1:kVAR', 'Feeder 2:A kW', 'Feeder 1:A kW']],
	])('%s', async (line, rows) => {
		expect(await names(line)).toEqual(rows);
	});
});

describe('pages', () => {
	beforeEach(() => {
		const assets = Array.from({length: 5}, (_, place) => ({
			assetId: `a${place}`,
			attributes: {kW: [at(0, place)]},
		}));
		exchange = memoryExchange({}, {databases: {Microgrid: assets}, pageSizes: {latest: 2}});
		session = {database: exchange.database('Microgrid')};
	});

	test('as CSV has a header though there is no asset yet', async () => {
		const empty = memoryExchange({}, {databases: {Empty: []}});
		const {text} = await run('latest --csv', {exchange: empty, session: {database: empty.database('Empty')}});
		expect(text).toBe('name,attribute,lastValue,lastValueTime,assetId,attributeType\n');
	});

	test('are all followed and joined', async () => {
		expect(await names('latest')).toEqual(['a0:kW', 'a1:kW', 'a2:kW', 'a3:kW', 'a4:kW']);
	});

	test('the first is on the screen before the last has come, and is replaced', async () => {
		const {outputs, screen} = await run('latest', {interactive: true});
		const tables = outputs.filter(output => output.kind === 'records');
		expect(tables[0]?.records).toHaveLength(2);
		expect(new Set(tables.map(({key}) => key)).size).toBe(1);
		expect(screen).toHaveLength(7);
	});

	test('a name of the last page is no error on the first', async () => {
		const {outputs, status} = await run('latest a4', {interactive: true});
		expect(outputs.some(({kind}) => kind === 'error')).toBe(false);
		expect(status).toBe(0);
	});
});

test('values without the recent past are shown where that cannot be had', async () => {
	exchange.failNext('recent', new Error('no'));
	const {screen, status} = await run("latest 'Feeder 2'", {interactive: true});
	expect(screen[1]).toMatch(/^Feeder 2 +A kW +398\.2 +1 m +DOUBLE$/);
	expect(status).toBe(0);
});

describe('--watch', () => {
	/** Runs it as long as `each`, which is told each output, does not say `end`: that is Ctrl-C. */
	async function watch(
		interactive: boolean,
		each: (output: Output, count: number) => 'end' | undefined,
		given: {readonly series?: readonly string[]; readonly sort?: string} = {},
	) {
		const work = new AbortController();
		const context: Context = {
			session: {
				location: undefined,
				previous: undefined,
				database: undefined,
				localDirectory: '/',
				status: 0,
				...session,
			},
			exchange,
			local: memoryFiles({}),
			signal: work.signal,
			now: () => noon,
			interactive,
			redraws: interactive,
			confirm: async () => true,
			ask: async () => '',
			askSecret: async () => '',
			account: memoryAccount(),
			commands: [],
			history: [],
			plain,
			picture: async () => '',
		};
		const args = {
			series: given.series ?? ['Feeder 1', 'Feeder 2', 'A kW'],
			long: false,
			sort: given.sort,
			reverse: false,
			watch: true,
			output: undefined,
			force: false,
		};
		let count = 0;
		for await (const output of latest.run(context, args)) {
			if (each(output, count++) === 'end') work.abort();
		}
	}
	const valuesOf = (output: Output) =>
		output.kind === 'records' ? output.records.map(({name, lastValue}) => `${name} ${lastValue}`) : [];

	test('in a pipe each change is a row, until Ctrl-C, which is told', async () => {
		const rows: string[][] = [];
		const running = watch(false, (output, count) => {
			rows.push(valuesOf(output));
			if (count === 0) setImmediate(() => exchange.emit('Microgrid', 'asset-2', {'A kW': 401}, ago(0)));
			if (count === 1)
				setImmediate(() => exchange.emit('Microgrid', 'asset-1', {'A kW': 420, kVAR: 1}, ago(0)));
			return count === 2 ? 'end' : undefined;
		});
		await expect(running).rejects.toMatchObject({code: 'cancelled'});
		expect(rows).toEqual([['Feeder 1 412.6', 'Feeder 2 398.2'], ['Feeder 2 401'], ['Feeder 1 420']]);
		expect(exchange.followers.size).toBe(0);
	});

	test('on a screen the table is replaced; Ctrl-C ends it without an error', async () => {
		const keys = new Set<string | undefined>();
		let last: readonly string[] = [];
		await watch(true, output => {
			if (output.kind !== 'records') return undefined;
			keys.add(output.key);
			if ([...exchange.followers].some(({assetIds}) => assetIds.size === 2)) {
				exchange.emit('Microgrid', 'asset-1', {'A kW': 420}, ago(0));
			}
			last = valuesOf(output);
			return last.includes('Feeder 1 420') ? 'end' : undefined;
		});
		expect(last).toEqual(['Feeder 1 420', 'Feeder 2 398.2']);
		expect(keys.size).toBe(1);
		expect(exchange.followers.size).toBe(0);
	});

	describe('of many assets', () => {
		beforeEach(() => {
			const assets = Array.from({length: 120}, (_, place) => ({
				assetId: `a${String(place).padStart(3, '0')}`,
				attributes: {kW: [at(1000 * (place + 1), place)]},
			}));
			exchange = memoryExchange({}, {databases: {Microgrid: assets}});
			session = {database: exchange.database('Microgrid')};
		});
		const followed = () => [...exchange.followers].flatMap(({assetIds}) => [...assetIds]);

		test('a person gets as many as can be read, and is told; those are followed', async () => {
			let ids: readonly string[] = [];
			await watch(
				true,
				output => {
					if (output.kind !== 'note' || !output.text.includes('· live')) return undefined;
					expect(output.text).toBe('the first 50 of 120 values in Microgrid · live until Ctrl-C');
					ids = followed();
					return 'end';
				},
				{series: []},
			);
			expect(ids).toHaveLength(100);
			expect(ids).toContain('a049');
		});

		test('in order of time an event of one that is followed changes no subscription', async () => {
			const sets = new Set<object>();
			let first = '';
			await watch(
				true,
				output => {
					for (const {assetIds} of exchange.followers) if (assetIds.size > 0) sets.add(assetIds);
					if (sets.size === 0 || output.kind !== 'records') return undefined;
					exchange.emit('Microgrid', 'a099', {kW: 1}, ago(0));
					first = String(output.records[0]?.assetId);
					return first === 'a099' ? 'end' : undefined;
				},
				{series: [], sort: 'time'},
			);
			expect(first).toBe('a099');
			expect(sets.size).toBe(1);
		});

		test('a script is told that not all are live', async () => {
			const outputs: Output[] = [];
			const each = (output: Output, count: number) => {
				outputs.push(output);
				if (count === 1) setImmediate(() => exchange.emit('Microgrid', 'a000', {kW: 9}, ago(0)));
				return count === 2 ? 'end' : undefined;
			};
			await watch(false, each, {series: []}).catch(() => {});
			expect(outputs[1]).toMatchObject({
				kind: 'note',
				text: '120 assets: events of 100, a look at the others now and then',
			});
			expect(outputs[2]).toMatchObject({records: [{assetId: 'a000', lastValue: '9'}]});
		});
	});

	test('says whether it is live, and that events cannot be had', async () => {
		const notes: string[] = [];
		await watch(true, output => {
			if (output.kind !== 'note') return undefined;
			notes.push(output.text);
			if (output.text.includes('· live')) for (const {fail} of exchange.followers) fail(new Error('refused'));
			return output.tone === 'warning' ? 'end' : undefined;
		});
		expect(notes).toContain('2 values of 2 assets in Microgrid · live until Ctrl-C');
		expect(notes).toContain('no live events (refused), only a look now and then');
	});

	test('ends, naming the database, when that is refused; not when its events alone are', async () => {
		const denied = new ShellError('denied', 'you have no permission for it');
		const notes: string[] = [];
		const running = watch(true, output => {
			if (output.kind === 'note') notes.push(output.text);
			if (output.kind === 'note' && output.tone === 'warning') exchange.failNext('latest', denied);
			for (const {assetIds, fail} of exchange.followers) if (assetIds.size === 2) fail(denied);
			return undefined;
		});
		await expect(running).rejects.toMatchObject({
			code: 'denied',
			message: 'Microgrid: you have no permission for it',
		});
		expect(notes).toContain('no live events (you have no permission for it), only a look now and then');
		expect(exchange.followers.size).toBe(0);
	});
});

describe('errors', () => {
	test.each<[line: string, code: string, message: string, hint: string | undefined]>([
		['latest "Feder 1"', 'not-found', 'Feder 1: no such asset or attribute', 'did you mean Feeder 1?'],
		['latest zzz', 'not-found', 'zzz: no such asset or attribute', 'try `assets`'],
		['latest id:zzz', 'not-found', 'id:zzz: no such asset', 'try `assets`'],
		['latest "Feeder 1" kVA', 'not-found', 'kVA: no such attribute of Feeder 1', 'did you mean kVAR?'],
		['latest "Feeder 1" Tap', 'not-found', 'Tap: no such attribute of Feeder 1', 'there are A kW, kVAR'],
		['latest Feeder* SOC', 'not-found', 'SOC: no such attribute of these 2 assets', 'there are A kW, kVAR'],
		['latest Pump*', 'not-found', 'Pump*: no match', undefined],
	])('%s', async (line, code, message, hint) => {
		const {outputs} = await run(line);
		expect(outputs).toEqual([expect.objectContaining({kind: 'error'})]);
		expect(outputs[0]).toMatchObject({error: {code, message, ...(hint && {hint})}});
	});

	test('an ambiguous name lists the ids', async () => {
		const twins = [
			{assetId: 'a', name: 'Pump', attributes: {kW: [at(0, 1)]}},
			{assetId: 'b', name: 'Pump', attributes: {kW: [at(0, 2)]}},
		];
		exchange = memoryExchange({}, {databases: {Twins: twins}});
		session = {database: exchange.database('Twins')};
		const {outputs} = await run('latest Pump');
		expect(outputs[0]).toMatchObject({
			error: {
				code: 'ambiguous',
				message: 'Pump is ambiguous: 2 assets bear that name. Name one by id:',
				details: ['id:a  kW 1', 'id:b  kW 2'],
			},
		});
		expect((await run('latest id:b')).text).toContain('\t2\t');
	});

	test('a selected database that somebody has deleted is called by its name', async () => {
		const {timeSeriesDbId} = exchange.database('Microgrid');
		const latest = () =>
			Promise.reject(new ShellError('not-found', `Time-series database ${timeSeriesDbId} does not exist`));
		const deleted = {...exchange, timeSeries: {...exchange.timeSeries, latest}};
		expect((await run('latest', {exchange: deleted})).outputs[0]).toMatchObject({
			error: {
				code: 'not-found',
				message: 'Microgrid: this database is no longer there',
				hint: '`databases` lists them, `db NAME` selects one',
			},
		});
	});

	test('no database, and an Exchange without time series', async () => {
		expect((await run('latest', {session: {}})).outputs[0]).toMatchObject({
			error: {code: 'usage', message: 'no database is selected'},
		});
		expect((await run('latest', {exchange: memoryExchange({})})).outputs[0]).toMatchObject({
			error: {code: 'unsupported'},
		});
	});
});
