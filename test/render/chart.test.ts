import {describe, expect, test} from 'vitest';
import {drawChart} from '../../src/render/chart.ts';
import {painter} from '../../src/render/colors.ts';
import {textWidth} from '../../src/render/width.ts';
import type {Chart} from '../../src/shell/command.ts';

// Before anything asks for the zone.
process.env.TZ = 'America/Los_Angeles';

const hour = 3_600_000;
const from = Date.UTC(2026, 10, 21, 17);
const to = from + 6 * hour;
type Value = number | null;

function series(
	values: readonly Value[],
	more: Partial<Chart['series'][number]> = {},
): Chart['series'][number] {
	const known = values.filter(value => value !== null && Number.isFinite(value)) as number[];
	return {
		assetId: 'f1',
		name: 'Feeder 1',
		attribute: 'A kW',
		points: values.map((value, index) => ({at: from + (index * (to - from)) / values.length, value})),
		summary: {
			samples: known.length,
			min: known.length > 0 ? Math.min(...known) : null,
			max: known.length > 0 ? Math.max(...known) : null,
			mean: known.length > 0 ? known.reduce((sum, value) => sum + value / known.length, 0) : null,
			last: known.at(-1) ?? null,
			lastTime: null,
			gaps: 0,
		},
		...more,
	};
}
const wave = Array.from({length: 72}, (_, index) => 400 + 50 * Math.sin(index / 10));

function draw(chart: Partial<Chart>, width = 70, height = 8, color = false): readonly string[] {
	return drawChart({kind: 'chart', from, to, series: [], ...chart}, {width, height, paint: painter(color)});
}

describe('a chart', () => {
	test('has round values beside it, local times with their zone below, and what it comes to', () => {
		const lines = draw({title: 'Feeder 1', series: [series(wave)]});
		expect(lines).toMatchInlineSnapshot(`
			[
			  "Feeder 1                                               21 Nov 2026 PST",
			  "450 ┤        ⣀⠤⠤⠒⠊⠉⠉⠉⠑⠒⠢⢄",
			  "    │     ⢀⡠⠋            ⠉⠒⠤⡀                                      ⡰⠊",
			  "    │  ⢀⠔⠊⠁                 ⠈⠢⢄                                 ⡠⠒⠉",
			  "    │⢀⠔⠁                       ⠑⠢⡀                           ⢀⡠⠋",
			  "400 ┤⠁                           ⠈⠢⣀                       ⢠⠔⠁",
			  "    │                               ⠑⠤⡀                  ⡠⠒⠁",
			  "    │                                 ⠑⠢⢄⡀           ⢀⡠⠒⠉",
			  "350 ┤                                    ⠈⠒⠤⠤⣀⣀⣀⣀⣀⠤⠔⠊⠁",
			  "    └┬──────────┬──────────┬─────────┬──────────┬──────────┬──────────",
			  "    09:00     10:00      11:00     12:00      13:00      14:00",
			  "A kW  min 350.004  max 449.979  mean 402.442  last 436.449  72 samples",
			]
		`);
	});

	test('leaves a gap open', () => {
		const values = wave.map((value, index) => (index > 30 && index < 40 ? null : value));
		const summary = {...series(values).summary, gaps: 1};
		const lines = draw({series: [series(values, {summary})]}, 80);
		const columns = lines.slice(0, 8).map(line => line.slice(6).padEnd(74));
		const empty = Array.from({length: 74}, (_, at) => columns.every(line => line[at] === ' '));
		expect(empty.slice(34, 37)).toEqual([true, true, true]);
		expect(empty.slice(10, 20)).not.toContain(true);
		expect(lines.at(-1)).toMatch(/1 gap$/);
	});

	test('tells several series apart by marks where there is no colour', () => {
		const lines = draw({
			series: [
				series(wave),
				series(
					wave.map(value => value - 60),
					{attribute: 'A kVAR'},
				),
			],
		});
		const picture = lines.slice(0, 8).join('');
		expect(picture).toContain('●');
		expect(picture).toContain('■');
		expect(lines.slice(-2).map(line => line.slice(0, 8))).toEqual(['● A kW  ', '■ A kVAR']);
	});

	test('has a colour a series', () => {
		const lines = draw({series: [series(wave), series([1, 2], {attribute: 'b'})]}, 70, 8, true);
		expect(lines.at(-2)).toMatch(/^\u001b\[36m● A kW/);
		expect(lines.at(-1)).toMatch(/^\u001b\[33m■ b/);
	});

	test.each<[string, Value[], RegExp]>([
		['a constant lies in the middle', [5, 5, 5], /^5\.0 ┤[⠀-⣿]+$/m],
		['a single sample is a mark', [null, 3, null], /●/],
		['huge numbers', [1e308, -1e308, 1e308], /^ *1\.0e308 ┤/m],
		['the largest number', [Number.MAX_VALUE, Number.MAX_VALUE], /e308 ┤/],
		['tiny numbers', [0, 1e-9, 2e-9], /^ *2\.\d?e-9 ┤/m],
		['the smallest number', [0, 5e-324], /┤/],
		['negative numbers', [-30_000, -20_000], /^-20,000 ┤/m],
		['close to each other', [1000.0001, 1000.0002], /1000\.000\d+ ┤/],
		['nothing', [], /┤/],
		['only gaps', [null, null], /no samples/],
		['no number', [Number.NaN, Number.POSITIVE_INFINITY, 1], /●/],
	])('%s', (_, values, expected) => {
		const text = draw({series: [series(values)]}).join('\n');
		expect(text).toMatch(expected);
		expect(text).not.toMatch(/NaN|Infinity|undefined/);
	});

	test.each([
		[10, 2],
		[12, 3],
		[24, 4],
		[33, 6],
		[80, 10],
		[200, 12],
	])('is never wider than %d columns, however it is called', (width, height) => {
		const name = '電力 \u001b[2J\n\u202e'.repeat(8);
		const lines = draw(
			{title: name, series: [series(wave, {name, attribute: name}), series([1], {name, assetId: 'f2'})]},
			width,
			height,
		);
		for (const line of lines) {
			expect(textWidth(line)).toBeLessThanOrEqual(width);
			expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
		}
	});
});

describe('the time axis', () => {
	const labels = (start: number, end: number, width = 70) =>
		draw({from: start, to: end, series: [series([1])]}, width)
			.at(-2)!
			.trim()
			.split(/ {2,}/);

	test.each<[string, number, string[]]>([
		['seconds', 10_000, ['09:00:00', '09:00:02', '09:00:04', '09:00:06', '21 Nov 2026 PST']],
		['hours', 6 * hour, ['09:00', '10:00', '11:00', '12:00', '21 Nov 2026 PST']],
		['days', 8 * 24 * hour, ['23 Nov', '25 Nov', '27 Nov', '2026 PST']],
		['years', 10 * 365 * 24 * hour, ['2028', '2030', '2032', '2034', '2036 PST']],
	])('of %s', (_, length, expected) => {
		const found = labels(from, from + length);
		expect(found.at(-1)).toContain(expected.at(-1)!.split(' ').at(-1));
		for (const label of expected.slice(0, 2)) expect(found).toContain(label);
	});

	test('names both zones where the clocks change', () => {
		expect(labels(Date.UTC(2026, 9, 25), Date.UTC(2026, 10, 8)).at(-1)).toBe('2026 PDT/PST');
	});

	test('of no time at all has a width', () => {
		expect(draw({from, to: from, series: [series([1])]}).length).toBeGreaterThan(8);
		expect(draw({from: 9e15, to: -9e15, series: []}).length).toBeGreaterThan(8);
	});
});
