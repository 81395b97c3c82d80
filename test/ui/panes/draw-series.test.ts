import {describe, expect, test} from 'vitest';
import type {Asset, Sample} from '../../../src/shell/time-series.ts';
import {drawSeries} from '../../../src/ui/panes/draw-series.ts';
import {moreOf, noNeeds} from '../../../src/ui/panes/series-columns.ts';
import {emptySeries, type Series, seriesFolded, seriesMarked} from '../../../src/ui/state/series.ts';
import {createSeriesOrder} from '../../../src/ui/state/series-order.ts';
import {seriesRows} from '../../../src/ui/state/series-rows.ts';
import {type Paint, theme} from '../../../src/ui/theme.ts';
import {ago, asset, attribute, now} from '../sample-assets.ts';

const assets = [
	asset('Battery 1', attribute('SOC', '71.3', 4)),
	asset('Feeder 1', attribute('A kW', '1412.625', 5), attribute('state', 'closed', 120, 'VARCHAR')),
	asset('Transformer 4', attribute('Tap', null, 0, 'BIGINT')),
];
const rising: readonly Sample[] = Array.from({length: 8}, (_, index) => ({
	timestamp: ago(40 - index * 5),
	value: String(index),
}));

type Given = {
	readonly assets?: readonly Asset[];
	readonly series?: Series;
	readonly width?: number;
	readonly selected?: number;
	readonly recent?: (assetId: string, name: string) => readonly Sample[] | undefined;
	readonly fresh?: string;
	readonly paint?: Paint;
};

function draw({assets: all = assets, series = emptySeries, ...given}: Given = {}): readonly string[] {
	const order = createSeriesOrder()(all, {...series, changeOf: () => 0, now});
	const rows = seriesRows(all, order, series);
	return drawSeries(
		Array.from({length: rows.length}, (_, index) => rows.at(index)!),
		{
			width: given.width ?? 48,
			selected: given.selected ?? -1,
			isFocused: true,
			series,
			now,
			recent: given.recent ?? (() => undefined),
			isFresh: (_, name) => name === given.fresh,
			chart: (_, attributes, width) => [`chart of ${attributes.map(({name}) => name)} in ${width}`],
			paint: given.paint ?? theme(false),
		},
		moreOf(noNeeds, {...noNeeds, name: 13}),
	).lines;
}

describe('a row', () => {
	test('has points under points, units where the name tells none, and a dot for what is missing', () => {
		expect(draw({recent: (_, name) => (name === 'SOC' ? rising : undefined)})).toEqual([
			'▸ Battery 1      SOC     71.3  %  ▁▂▃▄▅▆▇█  4 s',
			'▸ Feeder 1       A kW  1412.63              5 s',
			'▸ Transformer 4  Tap      ·                   —',
		]);
	});

	test('unfolded shows its attributes and a chart', () => {
		expect(draw({series: seriesFolded(emptySeries, 'id-Feeder 1', true)}).slice(1, 5)).toEqual([
			'▾ Feeder 1                                 5 s',
			'    A kW              1412.63              5 s',
			'    state              closed              2 m',
			'    chart of A kW in 42',
		]);
	});

	test('says without colour which is selected and which are marked', () => {
		const series = seriesMarked(emptySeries, {assetId: 'id-Battery 1'});
		expect(draw({series, selected: 1}).map(line => line.slice(0, 5))).toEqual(['● Bat', '▸›Fee', '▸ Tra']);
		expect(draw({series, selected: 0})[0]!.slice(0, 5)).toBe('●›Bat');
	});

	test.each([30, 36, 44, 60, 96])('is never wider than %i columns', width => {
		const wide = [
			...assets,
			asset('日本'.repeat(20), attribute('x'.repeat(60), '-1.5e-300')),
			asset('text', attribute('note', 'much too long to be shown whole', 5, 'VARCHAR')),
		];
		for (const line of draw({assets: wide, width})) {
			expect(line.replaceAll(/[日本]/g, '..').length).toBeLessThanOrEqual(width);
		}
	});

	test('keeps what a name would do to the terminal from doing it', () => {
		const [line] = draw({assets: [asset('\u001b[2Jgone\u202e', attribute('a\nb', '1'))]});
		expect(line).not.toMatch(/[\u001b\u202e\n]/);
		expect(line).toContain('\\x1b[2J');
	});
});

describe('in colour', () => {
	const paint: Paint = (role, text) => `<${role}>${text}</>`;

	test('a value that changed a moment ago is lit', () => {
		const [battery, feeder] = draw({paint, fresh: 'SOC'});
		expect(battery).toMatch(/<fresh> +71\.3 +%<\/>/);
		expect(feeder).not.toContain('<fresh>');
	});

	test('a series that fell silent fades, measured by its own rhythm', () => {
		const every = (seconds: number) =>
			Array.from({length: 8}, (_, index) => ({timestamp: ago(600 - index * seconds), value: '1'}));
		const old = [asset('Meter', attribute('kWh', '1', 600))];
		const isFaded = (recent?: readonly Sample[]) =>
			draw({assets: old, paint, recent: () => recent})[0]!.includes('<hint>Meter');
		expect(isFaded(every(5))).toBe(true);
		expect(isFaded(every(600))).toBe(false);
		expect(isFaded()).toBe(false);
		const older = [asset('Meter', attribute('kWh', '1', 901))];
		expect(draw({assets: older, paint})[0]).toContain('<hint>Meter');
	});
});
