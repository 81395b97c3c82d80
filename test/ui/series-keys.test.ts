import {describe, expect, test} from 'vitest';
import type {Asset} from '../../src/shell/time-series.ts';
import type {Action} from '../../src/ui/key-table.ts';
import {seriesStep} from '../../src/ui/series-keys.ts';
import {emptySeries, type Series, seriesFolded, seriesMarked} from '../../src/ui/state/series.ts';
import {createSeriesOrder} from '../../src/ui/state/series-order.ts';
import {seriesRows} from '../../src/ui/state/series-rows.ts';
import {asset, attribute, now} from './sample-assets.ts';

const assets = [
	asset('Feeder 1', attribute('A kW', '1'), attribute('-dash', '2'), attribute('a,b', '3')),
	asset("O'Hara", attribute('kW', '1')),
	{...asset('Twin', attribute('kW', '1')), assetId: 'twin-1'},
	{...asset('Twin', attribute('kW', '1')), assetId: 'twin-2'},
	asset('mote', attribute('temperature', '19.2', 30 * 86_400)),
	asset('climate', attribute('CO2', '427', 30 * 86_400)),
];

function press(action: Action, series: Partial<Series> = {}, among: readonly Asset[] = assets) {
	const whole = {...emptySeries, ...series};
	const order = createSeriesOrder()(among, {...whole, changeOf: () => 0, now});
	const rows = seriesRows(among, order, whole);
	return seriesStep(whole, action, {rows, page: 3, assets: among, now, recent});
}

const yearly = Array.from({length: 3}, (_, index) => ({
	timestamp: `${2024 + index}-10-22T14:00:00.000Z`,
	value: '1',
}));
const recent = (assetId: string, name: string) =>
	assetId === 'id-climate' && name === 'CO2' ? yearly : undefined;

const select = (assetId: string, name?: string) => ({
	selected: name === undefined ? {assetId} : {assetId, attribute: name},
	...(name !== undefined && {unfolded: new Set([assetId])}),
});

describe('a key names what is selected', () => {
	test.each<[Action, Partial<Series>, string]>([
		['series-plot', select('id-Feeder 1'), "plot 'Feeder 1' 'A kW'"],
		['series-data', select('id-Feeder 1', 'a,b'), "data 'Feeder 1' a,b"],
		['series-data', select('id-Feeder 1', '-dash'), "data -- 'Feeder 1' -dash"],
		['series-watch', select('id-Feeder 1'), "latest 'Feeder 1' --watch"],
		['series-watch', select('id-Feeder 1', 'A kW'), "latest 'Feeder 1' 'A kW' --watch"],
		['series-plot', select("id-O'Hara"), `plot "O'Hara" kW`],
		['series-plot', select('twin-2'), 'plot id:twin-2 kW'],
		['series-plot', select('id-mote'), 'plot mote temperature --to 2026-10-22T14:01Z'],
		['series-plot', select('id-climate'), 'plot climate CO2 --from 2024-10-22T14:00Z --to 2026-10-22T14:01Z'],
	])('%s of %j runs %s', (action, series, line) => {
		expect(press(action, series).run).toBe(line);
	});

	test('export is put at the prompt, with its range', () => {
		expect(press('series-export', select('id-Feeder 1')).fill).toBe(
			"export 'Feeder 1' --from now-24h --to now ",
		);
		expect(press('series-export', select('id-Feeder 1', 'A kW')).fill).toBe(
			"export 'Feeder 1:A kW' --from now-24h --to now ",
		);
		expect(press('series-export', select('id-mote')).fill).toBe(
			'export mote --from 2026-10-21T14:01Z --to 2026-10-22T14:01Z ',
		);
	});
});

test('marks are what a command names, each attribute once', () => {
	let series = seriesMarked(emptySeries, {assetId: 'twin-1'});
	series = seriesMarked(series, {assetId: "id-O'Hara", attribute: 'kW'});
	expect(press('series-plot', series).run).toBe(`plot id:twin-1 "O'Hara" kW`);
	expect(press('series-export', series).fill).toBe(`export id:twin-1 "O'Hara:kW" --from now-24h --to now `);
	expect(press('series-unmark', series).series.marked.size).toBe(0);
});

test('a mark that a filter hides still counts', () => {
	const series = seriesMarked({...emptySeries, filter: 'mote'}, {assetId: 'twin-1'});
	expect(press('series-plot', series).run).toBe('plot id:twin-1 kW');
});

test('Enter unfolds, and folds from an attribute back to its asset', () => {
	const {series} = press('series-toggle', select('id-Feeder 1'));
	expect(series.unfolded.has('id-Feeder 1')).toBe(true);
	const folded = press('series-toggle', select('id-Feeder 1', 'A kW')).series;
	expect(folded.unfolded.size).toBe(0);
	expect(folded.selected).toEqual({assetId: 'id-Feeder 1'});
	const left = press('series-fold', {
		...seriesFolded(emptySeries, 'twin-1', true),
		...select('twin-1', 'kW'),
	});
	expect(left.series.selected).toEqual({assetId: 'twin-1'});
});

test('without rows keys do nothing', () => {
	for (const action of ['series-plot', 'series-toggle', 'series-down', 'series-last'] as const) {
		expect(press(action, {}, [])).toEqual({series: emptySeries});
	}
});
