import {describe, expect, test} from 'vitest';
import type {Output} from '../../../src/shell/command.ts';
import {type MemoryAsset, memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {noon, runCommands} from '../../support/run.ts';

const minute = 60_000;
const iso = (at: number) => new Date(at).toISOString();
const ago = (minutes: number) => iso(noon - minutes * minute);
/** A sample a minute up to now, `count` of them. */
const wave = (count: number) =>
	Array.from({length: count}, (_, index): [string, number] => [
		ago(count - index),
		400 + 50 * Math.sin(index / 50),
	]);

const assets: readonly MemoryAsset[] = [
	{
		assetId: 'f1',
		name: 'Feeder 1',
		attributes: {
			kW: wave(120),
			kVAR: wave(60).filter((_, index) => index < 20 || index > 40),
			constant: [
				[ago(3), 5],
				[ago(2), 5],
				[ago(1), 5],
			],
			state: [[ago(1), 'closed']],
		},
	},
	{assetId: 'f2', name: 'Feeder 2', attributes: {kW: wave(3_000)}},
	{
		assetId: 'old',
		name: 'Old',
		attributes: {
			kW: [
				['2010-05-09T10:00:00Z', 1],
				['2010-05-09T12:00:00Z', 2],
				['2010-05-09T13:00:00Z', 3],
			],
		},
	},
	{
		assetId: 'yearly',
		name: 'Yearly',
		attributes: {MWh: [2001, 2002, 2003, 2004].map(year => [`${year}-01-01T00:00:00Z`, year])},
	},
	{assetId: 'text', name: 'Text', attributes: {state: [[ago(1), 'x']]}},
	{
		assetId: 'evil',
		name: 'Evil \u001b[2J',
		attributes: {
			'kW\n\u202e': [
				[ago(1), 1e308],
				[ago(2), -1e308],
				[ago(3), 'NaN'],
			],
		},
	},
];

const of = () => {
	const exchange = memoryExchange({}, {databases: {Grid: assets}});
	return {exchange, session: {database: exchange.database('Grid'), localDirectory: '/desk'}};
};
const chartIn = (outputs: readonly Output[]) => {
	const chart = outputs.find(output => output.kind === 'chart');
	if (chart?.kind !== 'chart') throw new Error('no chart');
	return chart;
};

describe('plot', () => {
	test('takes all assets that a glob stands for, and attributes behind it', async () => {
		const all = chartIn((await runCommands('plot Feeder* kW --since 2h', of())).outputs);
		expect(all.series.map(({name, attribute}) => [name, attribute])).toEqual([
			['Feeder 1', 'kW'],
			['Feeder 2', 'kW'],
		]);
		const both = chartIn((await runCommands("plot 'Feeder 1' kV* --since 2h", of())).outputs);
		expect(both.series.map(({attribute}) => attribute)).toEqual(['kVAR']);
	});

	test('draws a line between axes, with what it comes to underneath', async () => {
		const {screen} = await runCommands("plot 'Feeder 1' kW --since 2h", of());
		expect(screen[0]).toMatch(/^Feeder 1 +\S.* \S+$/);
		expect(screen.filter(line => /[⠀-⣿]/.test(line)).length).toBeGreaterThan(5);
		expect(screen.some(line => /^ *└─*┬/.test(line))).toBe(true);
		expect(screen.at(-1)).toMatch(
			/^kW {2}min 400 {2}max 4\d\d\.?\d* {2}mean \S+ {2}last \S+ {2}120 samples$/,
		);
		expect(Math.max(...screen.map(line => line.length))).toBeLessThanOrEqual(80);
	});

	test('sums up in a pipe, exactly', async () => {
		const {text} = await runCommands("plot 'Feeder 1' constant kVAR", of());
		const [constant, kvar] = text
			.trimEnd()
			.split('\n')
			.map(line => line.split('\t'));
		expect(constant!.slice(0, 2)).toEqual(['Feeder 1', 'constant']);
		expect(constant!.slice(4)).toEqual(['3', '5', '5', '5', '5', ago(1), '0', 'f1']);
		expect(kvar![10]).toBe('1');
	});

	test('as JSON and as CSV is a record a series', async () => {
		const {text} = await runCommands("plot 'Feeder 1' kW --json", of());
		expect(JSON.parse(text)).toMatchObject({assetId: 'f1', attribute: 'kW', samples: 120, gaps: 0});
		const csv = await runCommands("plot 'Feeder 1' kW kVAR --csv", of());
		expect(csv.text.split('\n').map(line => line.split(',')[0])).toEqual([
			'name',
			'Feeder 1',
			'Feeder 1',
			'',
		]);
	});

	test('without attributes draws all that are numbers', async () => {
		const {outputs} = await runCommands("plot 'Feeder 1'", of());
		expect(chartIn(outputs).series.map(({attribute}) => attribute)).toEqual(['kW', 'kVAR', 'constant']);
	});

	test('draws attributes of several assets', async () => {
		const {outputs, screen} = await runCommands("plot 'Feeder 1' 'Feeder 2' kW", of());
		expect(chartIn(outputs).title).toBe('Grid');
		expect(screen.at(-1)).toMatch(/^■ Feeder 2 kW/);
	});

	test('reads only the extremes of many samples, and says what all come to', async () => {
		const world = of();
		const {outputs} = await runCommands("plot 'Feeder 2' kW --since 48h", world);
		const [series] = chartIn(outputs).series;
		expect(series!.points.length).toBeLessThan(1_000);
		const values = wave(3_000)
			.slice(-2_880)
			.map(([, value]) => value);
		expect(series!.summary).toMatchObject({
			samples: 2_880,
			min: Math.min(...values),
			max: Math.max(...values),
			last: values.at(-1),
			lastTime: ago(1),
			gaps: 0,
		});
		expect(series!.summary.mean).toBeCloseTo(
			values.reduce((sum, value) => sum + value / 2_880, 0),
			6,
		);
	});

	test('reads next to nothing of what lies close together in a long time, and knows the last of it', async () => {
		const samples = Array.from({length: 20_000}, (_, second): [string, number] => [
			iso(noon - (20_000 - second) * 1_000),
			second,
		]);
		// The extremes are the first of all.
		samples[0]![1] = -1e6;
		samples[1]![1] = 1e6;
		const burst = [{assetId: 'b', name: 'Burst', attributes: {kW: samples}}];
		const exchange = memoryExchange({}, {databases: {Grid: burst}});
		let read = 0;
		const {timeSeries} = exchange;
		const counting = {
			...timeSeries,
			samples: async function* (...asked: Parameters<typeof timeSeries.samples>) {
				for await (const page of timeSeries.samples(...asked)) {
					read += page.length;
					yield page;
				}
			},
		};
		const {outputs} = await runCommands('plot Burst kW --from 2000-01-01', {
			exchange: {...exchange, timeSeries: counting},
			session: {database: exchange.database('Grid')},
		});
		const {last, lastTime, samples: all} = chartIn(outputs).series[0]!.summary;
		expect({last, lastTime, all}).toEqual({last: 19_999, lastTime: iso(noon - 1_000), all: 20_000});
		expect(read).toBeLessThan(10_000);
	});

	test('goes back to where there is something, and says so', async () => {
		const {outputs} = await runCommands('plot Old kW', of());
		expect(chartIn(outputs)).toMatchObject({series: [{summary: {samples: 3}}]});
		expect(outputs.at(-1)).toMatchObject({
			kind: 'note',
			text: expect.stringContaining('newest sample is from 9 May 2010'),
		});
		const yearly = await runCommands('plot Yearly', of());
		expect(chartIn(yearly.outputs).series[0]!.summary.samples).toBe(4);
	});

	test('says where the newest sample is when the range has none', async () => {
		const {outputs, text, status} = await runCommands('plot Old kW --since 1h', of());
		expect(text).toBe('');
		expect(outputs.at(-1)).toMatchObject({
			text: expect.stringMatching(/^no samples between .* newest is from 9 May 2010$/),
		});
		expect(status).toBe(0);
	});

	test('is harmless and finite whatever names and values are', async () => {
		const {screen} = await runCommands('plot id:evil', of());
		expect(screen.join('')).not.toMatch(/[\u0000-\u001f\u202e]|NaN|Infinity/);
		expect(screen.join('\n')).toContain('e308');
	});

	test.each([
		["plot 'Feeder 1' state", 'state: VARCHAR, not a number (there are kW, kVAR, constant)', 2],
		['plot Text', 'state: VARCHAR, not a number (`data` shows it)', 2],
		["plot 'Feeder 1' kw", 'kw: no such attribute of Feeder 1 (did you mean kW?)', 1],
		["plot 'Feeder 1' kW --since never", '--since: never is not', 2],
		["plot 'Feeder 1' kW --from now --to now-1h", 'now: not before now-1h, where the range ends', 2],
	])('%s: %s', async (line, message, status) => {
		const ran = await runCommands(line, of());
		expect(ran.screen.join('\n')).toContain(message);
		expect(ran.status).toBe(status);
	});
});

describe('-o', () => {
	test('writes a picture, and replaces none without -f', async () => {
		const local = memoryFiles({'/desk/': ''});
		const {screen} = await runCommands("plot 'Feeder 1' kW kVAR -o chart.svg", {...of(), local});
		expect(screen.at(-1)).toBe('chart.svg: 2 series');
		const svg = local.contents.get('/desk/chart.svg')!;
		expect(svg).toMatch(/^<svg .*<path .*<\/svg>$/s);
		expect(svg).toContain('Feeder 1');
		const again = await runCommands("plot 'Feeder 1' kW -o chart.svg", {...of(), local});
		expect(again.status).toBe(1);
		expect(local.contents.get('/desk/chart.svg')).toBe(svg);
	});

	test('writes what it comes to into any other file', async () => {
		const local = memoryFiles({'/desk/': ''});
		await runCommands("plot 'Feeder 1' kW -o kw.csv", {...of(), local});
		expect(local.contents.get('/desk/kw.csv')).toMatch(/^name,attribute,.*\nFeeder 1,kW,/);
	});
});
