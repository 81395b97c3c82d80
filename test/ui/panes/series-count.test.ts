import {expect, test} from 'vitest';
import {seriesCount} from '../../../src/ui/panes/series-count.ts';
import {emptySeries} from '../../../src/ui/state/series.ts';
import {createSeriesOrder} from '../../../src/ui/state/series-order.ts';
import {seriesRows} from '../../../src/ui/state/series-rows.ts';

const assets = Array.from({length: 10_000}, (_, at) => ({
	assetId: `a${at}`,
	name: `Feeder ${at}`,
	attributes: [],
}));
const latest = {timeSeriesDbId: 'db', assets, isComplete: true, fetchedAt: 0};
const series = {
	...emptySeries,
	selected: {assetId: 'a9999'},
	filter: 'feeder',
	sort: 'change' as const,
	marked: new Map([['a1', []]]),
};
const order = createSeriesOrder()(assets, {filter: 'feeder', sort: 'name', changeOf: () => 0, now: 0});

test.each([
	[100, '10,000/10,000 of 10,000 · 1 marked · by change · live'],
	[61, '10,000/10,000 of 10,000 · 1 marked · by change · live'],
	[49, '10,000/10,000 of 10,000 · 1 marked · live'],
	[40, '10,000/10,000 of 10,000 · live'],
	[30, '10,000 of 10,000 · live'],
])('beside rows of %i columns stands %s', (width, text) => {
	const shown = {rows: seriesRows(assets, order, series), fits: false, isLive: true, width};
	expect(seriesCount(series, latest, shown)).toBe(text);
});
