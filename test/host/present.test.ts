import {expect, test} from 'vitest';
import {createPresent} from '../../src/host/present.ts';
import type {Chart, Output} from '../../src/shell/command.ts';

const from = Date.UTC(2026, 0, 1);
const chart: Chart = {
	kind: 'chart',
	title: 'Feeder 1',
	from,
	to: from + 3_600_000,
	series: [
		{
			assetId: 'f1',
			name: 'Feeder 1',
			attribute: 'kW\n',
			points: [1, 2, 3].map((value, index) => ({at: from + index * 60_000, value})),
			summary: {samples: 3, min: 1, max: 3, mean: 2, last: 3, lastTime: null, gaps: 1},
		},
	],
};

async function shown(
	output: Output,
	stream: {isTTY: boolean},
	options: {json?: boolean; screenReader?: boolean},
) {
	const present = createPresent(stream, {color: false, json: false, screenReader: false, ...options});
	const parts = await Array.fromAsync(present(output));
	return parts.map(part => (typeof part === 'string' ? part : Buffer.from(part).toString())).join('');
}

test('a chart is drawn on a terminal, and a row of figures in a pipe', async () => {
	expect(await shown(chart, {isTTY: true}, {})).toContain('┤');
	expect((await shown(chart, {isTTY: false}, {})).split('\t').slice(4, 8)).toEqual(['3', '1', '3', '2']);
	expect(JSON.parse(await shown(chart, {isTTY: true}, {json: true}))).toMatchObject({samples: 3, gaps: 1});
});

test('a screen reader gets a chart in words', async () => {
	const [time, series, end] = (await shown(chart, {isTTY: true}, {screenReader: true})).split('\n');
	expect(time).toMatch(/^Feeder 1, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d to \S+ \S+ \S+$/);
	expect(series).toBe('kW\\n: min 1, max 3, mean 2, last 3, 3 samples, 1 gap');
	expect(end).toBe('');
});
