import {describe, expect, test} from 'vitest';
import {type MemoryAsset, memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {noon, runCommands} from '../../support/run.ts';

const at = (minutesAgo: number) => new Date(noon - minutesAgo * 60_000).toISOString();
const old = '2010-05-09T12:00:00.000Z';
const feeders: readonly MemoryAsset[] = [
	{
		assetId: 'feeder-1',
		name: 'Feeder 1',
		attributes: {
			kW: [
				[at(40), 412.5],
				[at(30), 1.25],
				[at(20), 3],
				[at(10), 399.1234567],
			],
			kVAR: [
				[at(30), 88],
				[at(10), 90],
			],
			state: [[at(10), 'closed, ok']],
			timestamp: [[old, 7]],
		},
	},
	{assetId: 'feeder-2', name: 'Feeder 2', attributes: {kW: [[at(20), 2]]}},
];

const of = (pageSizes?: {latest: number; samples: number}) => {
	const exchange = memoryExchange({}, {databases: {Grid: feeders}, ...(pageSizes && {pageSizes})});
	return {exchange, session: {database: exchange.database('Grid'), localDirectory: '/desk'}};
};

describe('data', () => {
	test('shows samples in order of time, decimal points in one line, times with their zone', async () => {
		const {screen} = await runCommands("data 'Feeder 1' kW", {...of(), interactive: true});
		expect(screen[0]).toMatch(/^time \(\S+\) +kW$/);
		expect(screen.slice(1, 5).map(line => line.slice(19).trimEnd())).toEqual([
			'  412.5',
			'    1.25',
			'    3',
			'  399.123',
		]);
		expect(screen.at(-1)).toBe('4 rows');
	});

	test('as CSV has a header though there is no sample', async () => {
		const {text} = await runCommands("data 'Feeder 1' kW kVAR --from 2031-01-01 --to 2031-01-02 --csv", of());
		expect(text).toBe('timestamp,kW,kVAR\n');
	});

	test('is exact in a pipe, one row a time for several attributes', async () => {
		const {text} = await runCommands("data 'Feeder 1' kW kVAR", of({latest: 100, samples: 1}));
		expect(text).toBe(
			[`${at(40)}\t412.5\t`, `${at(30)}\t1.25\t88`, `${at(20)}\t3\t`, `${at(10)}\t399.1234567\t90`, ''].join(
				'\n',
			),
		);
	});

	test('as JSON is an object a sample, in the words of the API', async () => {
		const {text} = await runCommands("data 'Feeder 1' kVAR state --json", of());
		const rows = text
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(rows).toHaveLength(3);
		expect(rows[0]).toEqual({
			assetId: 'feeder-1',
			name: 'Feeder 1',
			attribute: 'kVAR',
			attributeType: 'DOUBLE',
			timestamp: at(30),
			value: '88',
		});
	});

	test('as CSV has one header and a column an attribute, whatever it is called', async () => {
		const line = "data 'Feeder 1' state timestamp --since 100y --csv";
		const {text} = await runCommands(line, of());
		expect(text).toBe(`timestamp,state,timestamp (2)\n${old},,7\n${at(10)},"closed, ok",\n`);
	});

	test('of several assets names each column by both', async () => {
		const {text} = await runCommands('data kW --csv -n 1', of());
		expect(text).toBe(`timestamp,Feeder 1 kW,Feeder 2 kW\n${at(40)},412.5,\n`);
	});

	test('--limit says when it cut, and only then', async () => {
		const cut = await runCommands("data 'Feeder 1' kW --limit 2", of());
		expect(cut.text.split('\n')).toHaveLength(3);
		expect(cut.outputs.at(-1)).toEqual({kind: 'note', text: 'cut at 2 rows by --limit: there are more'});
		const whole = await runCommands("data 'Feeder 1' kW --limit 4", of());
		expect(whole.outputs.filter(({kind}) => kind === 'note')).toEqual([]);
	});

	test.each([
		['--every 1h', 'DOUBLE', /\t(412\.5|203\.\d+|134\.\d+)/],
		['--every 1h --max', 'DOUBLE', /\t(412\.5|399\.1234567)/],
		['--every 24h --last', 'VARCHAR', /399\.1234567/],
	])('%s is reduced at the Exchange', async (flags, _, expected) => {
		const {text} = await runCommands(`data 'Feeder 1' kW ${flags}`, of());
		expect(text).toMatch(expected);
		expect(text.trimEnd().split('\n').length).toBeLessThan(4);
	});

	test('says where the newest sample is when there is none', async () => {
		const {outputs, text, status} = await runCommands("data 'Feeder 1' timestamp", of());
		expect(text).toBe('');
		expect(outputs.at(-1)).toMatchObject({
			kind: 'note',
			text: expect.stringMatching(/newest is from 9 May 2010$/),
		});
		expect(status).toBe(0);
	});

	test.each([
		['data', 'ASSET is missing', 2],
		["data 'Feeder 1' kVar", 'kVar: no such attribute of Feeder 1', 1],
		['data nope', 'nope: no such asset or attribute', 1],
		["data 'Feeder 1' kW --avg", '--avg: of which intervals?', 2],
		["data 'Feeder 1' kW --every 1h --avg --max", '--avg and --max: one of them at a time', 2],
		["data 'Feeder 1' state --every 1h --sum", 'state: VARCHAR, not a number', 2],
		["data 'Feeder 1' kW --every soon", '--every: soon is not', 2],
		["data 'Feeder 1' kW --from today --to yesterday", 'not before yesterday', 2],
	])('%s: %s', async (line, message, status) => {
		const ran = await runCommands(line, of());
		expect(ran.screen.join('\n')).toContain(message);
		expect(ran.status).toBe(status);
	});

	test('needs a selected database', async () => {
		const {screen, status} = await runCommands('data x', {exchange: of().exchange});
		expect(screen[0]).toContain('no database is selected');
		expect(status).toBe(2);
	});
});

describe('a file', () => {
	test('gets the format of its name, and is not replaced without -f', async () => {
		const local = memoryFiles({'/desk/old.csv': 'old'});
		const world = {...of(), local};
		await runCommands("data 'Feeder 1' kVAR -o new.csv", world);
		expect(local.contents.get('/desk/new.csv')).toBe(`timestamp,kVAR\n${at(30)},88\n${at(10)},90\n`);
		const json = await runCommands("data 'Feeder 1' kVAR -o new.json", world);
		expect(JSON.parse(local.contents.get('/desk/new.json')!.split('\n')[0]!)).toMatchObject({value: '88'});
		expect(json.text).toBe('');
		expect(json.screen.at(-1)).toBe('new.json: 2 rows');
		const refused = await runCommands("data 'Feeder 1' kVAR -o old.csv", world);
		expect(refused.status).toBe(1);
		expect(local.contents.get('/desk/old.csv')).toBe('old');
		await runCommands("data 'Feeder 1' kVAR -o old.csv -f", world);
		expect(local.contents.get('/desk/old.csv')).toMatch(/^timestamp/);
	});

	test('is not there when the data end in an error', async () => {
		const local = memoryFiles({'/desk/': ''});
		const {exchange, session} = of({latest: 100, samples: 1});
		const broken: typeof exchange = {
			...exchange,
			timeSeries: {
				...exchange.timeSeries,
				samples: async function* () {
					yield [{timestamp: at(5), value: '1'}];
					throw new Error('gone');
				},
			},
		};
		const {status, screen} = await runCommands("data 'Feeder 1' kW -o x.csv", {
			exchange: broken,
			session,
			local,
		});
		expect(status).toBe(1);
		expect(screen.at(-1)).toContain('gone');
		expect(local.contents.get('/desk/x.csv')).toBeUndefined();
	});
});
