import {describe, expect, test} from 'vitest';
import {emptySeries, isMarked, nextSort, seriesFolded, seriesMarked} from '../../../src/ui/state/series.ts';
import {createSeriesOrder} from '../../../src/ui/state/series-order.ts';
import {
	lastWith,
	placeOf,
	type SeriesRow,
	seriesIndex,
	seriesMoved,
	seriesRows,
	seriesSelected,
} from '../../../src/ui/state/series-rows.ts';
import {asset, attribute, now} from '../sample-assets.ts';

const feeders = [12, 2, 1].map(number =>
	asset(`Feeder ${number}`, attribute('A kW', `${number}`, number), attribute('status', 'on', 60, 'VARCHAR')),
);
const plain = {filter: undefined as string | undefined, sort: 'name' as const, changeOf: () => 0, now};
const namesOf = (assets: typeof feeders, wanted: Partial<typeof plain> = {}) =>
	createSeriesOrder()(assets, {...plain, ...wanted}).places.map(place => assets[place]!.name);

describe('the order', () => {
	test('is by name as people count', () => {
		expect(namesOf(feeders)).toEqual(['Feeder 1', 'Feeder 2', 'Feeder 12']);
	});

	test('is by the newest sample, and those without come last', () => {
		const assets = [...feeders, asset('Empty', attribute('A kW', null))];
		const by = (sort: 'newest' | 'oldest') =>
			createSeriesOrder()(assets, {...plain, sort}).places.map(place => assets[place]!.name);
		expect(by('newest')).toEqual(['Feeder 1', 'Feeder 2', 'Feeder 12', 'Empty']);
		expect(by('oldest')).toEqual(['Feeder 12', 'Feeder 2', 'Feeder 1', 'Empty']);
	});

	test('is by the largest change', () => {
		const order = createSeriesOrder();
		const changeOf = ({name}: {name: string | null}) => (name === 'Feeder 2' ? 0.5 : 0);
		const {places} = order(feeders, {...plain, sort: 'change', changeOf});
		expect(feeders[places[0]!]!.name).toBe('Feeder 2');
	});

	test('is the same object while only values change', () => {
		const order = createSeriesOrder();
		const before = order(feeders, plain);
		const changed = feeders.with(0, {
			...feeders[0]!,
			attributes: [attribute('A kW', '99'), feeders[0]!.attributes[1]!],
		});
		expect(order(changed, plain)).toBe(before);
		expect(order([...changed, asset('Feeder 0')], plain)).not.toBe(before);
	});

	test('by age stands still for a few seconds', () => {
		const order = createSeriesOrder();
		const wanted = {...plain, sort: 'newest' as const};
		const before = order(feeders, wanted);
		const changed = feeders.with(
			0,
			asset('Feeder 12', attribute('A kW', '1', 0), feeders[0]!.attributes[1]!),
		);
		expect(order(changed, {...wanted, now: now + 4_000})).toBe(before);
		expect(order(changed, {...wanted, now: now + 5_000}).places[0]).toBe(0);
	});
});

describe('the filter', () => {
	const assets = [
		asset('Pump house', attribute('rpm', '1')),
		asset('Feeder 7', attribute('A kW', '1')),
		asset(null, attribute('kVAR', '1')),
	];
	test.each([
		['feed', ['Feeder 7']],
		['FEED 7', ['Feeder 7']],
		['kw', ['Feeder 7']],
		['unnamed', [null]],
		['pmp', ['Pump house']],
		['zzz', []],
		[' ', [null, 'Feeder 7', 'Pump house']],
	])('%j leaves %j', (filter, names) => {
		expect(namesOf(assets, {filter}).toSorted()).toEqual([...names].toSorted());
	});

	test('that fits only loosely keeps equals in the order of their names', () => {
		const pumps = [3, 1, 2].map(number => asset(`Pump ${number}`, attribute('rpm', '1')));
		expect(namesOf(pumps, {filter: 'pmp'})).toEqual(['Pump 1', 'Pump 2', 'Pump 3']);
	});

	test('of several words finds what holds all of them, among 10,000', () => {
		const many = Array.from({length: 10_000}, (_, number) => asset(`Feeder ${number}`, attribute('kW', '1')));
		expect(createSeriesOrder()(many, {...plain, filter: 'feeder 99'}).places).toHaveLength(280);
	});
});

describe('the rows', () => {
	const order = createSeriesOrder()(feeders, plain);
	const rowsOf = (series = emptySeries) => seriesRows(feeders, order, series);
	const text = (row: SeriesRow | undefined) => {
		if (!row) return undefined;
		if (row.kind === 'asset') return `${row.isUnfolded ? '-' : '+'} ${row.asset.name}: ${row.shown?.name}`;
		return row.kind === 'attribute' ? `  ${row.attribute.name}` : `  chart ${row.line}`;
	};
	const open = seriesFolded(emptySeries, 'id-Feeder 2', true);

	test('unfold into attributes and a chart', () => {
		const rows = rowsOf(open);
		expect(Array.from({length: rows.length + 1}, (_, index) => text(rows.at(index)))).toEqual([
			'+ Feeder 1: A kW',
			'- Feeder 2: A kW',
			'  A kW',
			'  status',
			...Array.from({length: 6}, (_, line) => `  chart ${line}`),
			'+ Feeder 12: A kW',
			undefined,
		]);
	});

	test('are found again wherever others are unfolded', () => {
		const rows = rowsOf(open);
		for (let index = 0; index < rows.length; index++) {
			const row = rows.at(index)!;
			if (row.kind !== 'chart') expect(rows.indexOf(placeOf(row))).toBe(index);
		}
		expect(rows.indexOf({assetId: 'id-Feeder 1', attribute: 'A kW'})).toBe(0);
		expect(rows.indexOf({assetId: 'gone'})).toBe(-1);
	});

	test.each([
		[0, 20, 0],
		[1, 20, 9],
		[3, 20, 9],
		[1, 9, 9],
		[3, 9, 9],
		[3, 8, 3],
		[10, 20, 10],
	])('row %i stands, in %i rows, together with those up to row %i', (index, height, last) => {
		expect(lastWith(rowsOf(open), index, height)).toBe(last);
	});

	test('are walked over charts and no further than the ends', () => {
		const rows = rowsOf(open);
		const walk = (by: number, from = emptySeries) => {
			const moved = seriesMoved({...open, selected: from.selected}, rows, by);
			return [moved, seriesIndex(rows, moved)] as const;
		};
		expect(walk(3)[1]).toBe(3);
		expect(walk(4)[1]).toBe(10);
		expect(walk(-1, walk(4)[0])[1]).toBe(3);
		expect(walk(99)[1]).toBe(10);
		expect(walk(-99)[1]).toBe(0);
	});

	test('end at a chart: the row above it is the last', () => {
		const last = seriesFolded(emptySeries, 'id-Feeder 12', true);
		const rows = rowsOf(last);
		expect(seriesSelected(last, rows, rows.length - 1, -1).selected).toEqual({
			assetId: 'id-Feeder 12',
			attribute: 'status',
		});
	});

	test('show the marked attribute, or the one that the filter names', () => {
		const marked = seriesMarked(emptySeries, {assetId: 'id-Feeder 1', attribute: 'status'});
		expect(text(rowsOf(marked).at(0))).toBe('+ Feeder 1: status');
		expect(text(rowsOf({...emptySeries, filter: 'feeder stat'}).at(0))).toBe('+ Feeder 1: status');
	});

	test('of an asset without numbers have no chart', () => {
		const assets = [asset('Door', attribute('state', 'open', 1, 'VARCHAR'))];
		const only = createSeriesOrder()(assets, plain);
		expect(seriesRows(assets, only, seriesFolded(emptySeries, 'id-Door', true)).length).toBe(2);
	});
});

describe('marks', () => {
	const place = {assetId: 'a', attribute: 'kW'};
	test('go on and off, of attributes and of assets', () => {
		const both = seriesMarked(seriesMarked(emptySeries, place), {...place, attribute: 'kVAR'});
		expect(both.marked.get('a')).toEqual(['kW', 'kVAR']);
		expect(isMarked(both, place)).toBe(true);
		expect(isMarked(both, {assetId: 'a'})).toBe(false);
		const one = seriesMarked(both, place);
		expect(one.marked.get('a')).toEqual(['kVAR']);
		expect(seriesMarked(one, {...place, attribute: 'kVAR'}).marked.size).toBe(0);
		const whole = seriesMarked(emptySeries, {assetId: 'a'});
		expect(isMarked(whole, {assetId: 'a'})).toBe(true);
		expect(seriesMarked(whole, {assetId: 'a'}).marked.size).toBe(0);
	});
});

test('s walks all orders and comes back', () => {
	expect(nextSort(nextSort(nextSort(nextSort('name'))))).toBe('name');
});
