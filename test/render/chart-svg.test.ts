import {expect, test} from 'vitest';
import {picture} from '../../src/render/picture.ts';
import type {Chart} from '../../src/shell/command.ts';

const from = Date.UTC(2026, 0, 1);
const chart = (name: string, values: (number | null)[]): Chart => ({
	kind: 'chart',
	title: name,
	from,
	to: from + 3_600_000,
	series: ['kW', 'kVAR'].map(attribute => ({
		assetId: 'f1',
		name,
		attribute: `${attribute} ${name}`,
		points: values.map((value, index) => ({at: from + index * 60_000, value})),
		summary: {samples: 3, min: 1, max: 3, mean: 2, last: 3, lastTime: null, gaps: 0},
	})),
});

test('is one SVG document with lines, axes and a legend', async () => {
	const svg = await picture(chart('Feeder 1', [1, 2, null, 3, 2]));
	expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
	expect(svg).toContain('kVAR Feeder 1   min 1   max 3   mean 2   last 3   3 samples');
	expect(svg.match(/stroke="#0072b2"/g)!.length).toBeGreaterThan(0);
});

test('names are text and nothing else', async () => {
	const svg = await picture(chart('<script>alert(1)</script>&"\u001b[2J\u0000', [1]));
	expect(svg).not.toMatch(/<script|[\u0000-\u0008\u000b-\u001f]/);
	expect(svg).toContain('&lt;script&gt;');
});

test('whatever the values', async () => {
	for (const values of [[], [null], [1e308, -1e308], [1e-300], [0, 0]]) {
		expect(await picture(chart('x', values))).not.toMatch(/NaN|Infinity|undefined/);
	}
});
