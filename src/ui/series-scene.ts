import type {Asset, LatestValues, Sample} from '../shell/time-series.ts';
import {drawFilter} from './components/draw-filter.ts';
import type {SeriesWatch, Wanted} from './hooks/series-watch.ts';
import {ageOf, drawSeries} from './panes/draw-series.ts';
import {latestInWords} from './panes/latest-in-words.ts';
import {saidInstead, saidLines} from './panes/say-series.ts';
import {createSeriesCharts} from './panes/series-charts.ts';
import {moreOf, type Needs, needsOfNames, noNeeds} from './panes/series-columns.ts';
import {seriesCount} from './panes/series-count.ts';
import type {DrawnPane} from './panes/TextPane.tsx';
import type {Extent} from './state/geometry.ts';
import {watchedAsset} from './state/series.ts';
import {createSeriesOrder, newestSample} from './state/series-order.ts';
import {lastWith, type SeriesRows, seriesIndex, seriesRows} from './state/series-rows.ts';
import {treeTop} from './state/tree.ts';
import {geometry, paneOf, type State} from './state/workspace-state.ts';
import type {Paint} from './theme.ts';

export type SeriesScene = {
	/** The same object as long as nothing in it changes. */
	readonly draw: (state: State, extent: Extent) => DrawnPane;
	readonly rows: (state: State) => SeriesRows;
	readonly latest: (state: State) => LatestValues | undefined;
	/** The newest samples of an attribute, as far as they are known. */
	readonly recent: (state: State) => (assetId: string, attribute: string) => readonly Sample[] | undefined;
	/** Rows in sight. */
	readonly page: (state: State) => number;
	/** What the screen shows of the series, to be kept live. */
	readonly wanted: (state: State) => Wanted | undefined;
	/** The latest value that the status line tells where the pane is out of sight; empty for none. */
	readonly status: (state: State) => string;
	/** Whether the clock's going on would change an age in sight. */
	readonly ageChanges: (state: State, at: number) => boolean;
};

type Look = {readonly paint: Paint; readonly color: boolean; readonly watch: () => SeriesWatch | undefined};

const noRows: SeriesRows = {
	length: 0,
	order: {places: [], positions: new Map()},
	at: () => undefined,
	indexOf: () => -1,
};

export function createSeriesScene({paint, color, watch}: Look): SeriesScene {
	const orderOf = createSeriesOrder();
	const recent = (timeSeriesDbId: string, assetId: string, attribute: string) =>
		watch()?.recent(timeSeriesDbId, assetId, attribute);
	const chartOf = createSeriesCharts(color);
	const sizeOf = (asset: Asset) => watch()?.changes.sizeOf(asset.assetId) ?? 0;

	const latest = ({session: {database}}: State) => database && watch()?.latest(database.timeSeriesDbId);

	let known:
		| {readonly assets: unknown; readonly series: unknown; readonly now: number; readonly rows: SeriesRows}
		| undefined;
	const rowsOf = (state: State): SeriesRows => {
		const assets = latest(state)?.assets;
		if (!assets) return noRows;
		const {series, now} = state;
		if (known?.assets === assets && known.series === series && known.now === now) return known.rows;
		const rows = seriesRows(assets, orderOf(assets, {...series, now, changeOf: sizeOf}), series);
		known = {assets, series, now, rows};
		return rows;
	};

	let top = 0;
	let needs: {readonly of: string; readonly needs: Needs} = {of: '', needs: noNeeds};
	let inSight: Wanted | undefined;
	let beyond: Wanted | undefined;
	/** The same object for the same assets. */
	const keptBeyond = (database: Wanted['database'], assets: readonly Asset[]): Wanted => {
		const isSame =
			beyond?.database === database &&
			beyond.assets.length === assets.length &&
			beyond.assets.every((asset, index) => asset === assets[index]);
		if (!isSame || !beyond) beyond = {database, assets};
		return beyond;
	};
	let drawn: {readonly key: readonly unknown[]; readonly drawn: DrawnPane} | undefined;

	const drawRows = (state: State, {width, height}: Extent): readonly string[] => {
		const {session, series, now} = state;
		const database = session.database!;
		const {timeSeriesDbId} = database;
		const rows = rowsOf(state);
		const selected = seriesIndex(rows, series);
		top = treeTop(selected, top, rows.length, height, lastWith(rows, selected, height));
		const shown = Array.from({length: Math.min(height, rows.length - top)}, (_, row) => rows.at(top + row)!);
		inSight = {database, assets: [...new Set(shown.map(({asset}) => asset))]};
		const result = drawSeries(
			shown,
			{
				width,
				selected: selected - top,
				isFocused: paneOf(state) === 'series' && !series.isTyping,
				series,
				now,
				recent: (assetId, attribute) => recent(timeSeriesDbId, assetId, attribute),
				isFresh: (assetId, attribute) => watch()?.changes.isFresh(assetId, attribute) ?? false,
				chart: (asset, attributes, room) =>
					chartOf(asset, attributes, room, name => recent(timeSeriesDbId, asset.assetId, name)),
				paint,
			},
			moreOf(
				needs.of === timeSeriesDbId ? needs.needs : noNeeds,
				needsOfNames(rows.order, latest(state)!.assets),
			),
		);
		needs = {of: timeSeriesDbId, needs: result.needs};
		return result.lines;
	};

	const draw = (state: State, {width, height}: Extent): DrawnPane => {
		const {database} = state.session;
		const {filter, isTyping} = state.series;
		const hasField = isTyping || filter !== undefined;
		const field = hasField ? [drawFilter(filter ?? '', isTyping, paint)] : [];
		const room = {width, height: height - field.length};
		const rows = rowsOf(state);
		const said = saidInstead(state, {latest: latest(state), rows: rows.length, failure: watch()?.failure()});
		const below = saidLines(said, width, paint);
		if (said.isAll) inSight = undefined;
		const above = said.isAll ? [] : drawRows(state, {...room, height: room.height - below.length});
		return {
			title: database ? `Time series · ${database.name}` : 'Time series',
			place: seriesCount(state.series, latest(state), {
				rows,
				fits: rows.length <= room.height,
				isLive: watch()?.isLive() ?? false,
				width,
			}),
			lines: [...field, ...above, ...below].slice(0, height),
		};
	};

	/** Out of sight, but not put away. */
	const watched = (state: State) =>
		geometry(state).series || state.hidden.has('series')
			? undefined
			: watchedAsset(state.series, latest(state));
	const status = (state: State): string => {
		const asset = watched(state);
		return asset ? latestInWords(asset, state.series, state.now) : '';
	};

	const page = (state: State) => Math.max(1, (geometry(state).series?.height ?? 4) - 3);

	return {
		draw: (state, extent) => {
			const key = [
				...[
					state.connection,
					state.session.database,
					latest(state),
					state.series,
					state.pulses,
					paneOf(state),
				],
				...[extent.width, extent.height, Math.floor(state.now / 1000)],
			];
			if (!drawn || key.some((part, index) => part !== drawn!.key[index]))
				drawn = {key, drawn: draw(state, extent)};
			return drawn.drawn;
		},
		rows: rowsOf,
		latest,
		recent:
			({session: {database}}) =>
			(assetId, attribute) =>
				database && recent(database.timeSeriesDbId, assetId, attribute),
		page,
		wanted: state => {
			const {database} = state.session;
			if (!database) return undefined;
			if (geometry(state).series) {
				const isSame = inSight?.database.timeSeriesDbId === database.timeSeriesDbId;
				return isSame ? inSight : keptBeyond(database, []);
			}
			const asset = watched(state);
			return asset && keptBeyond(database, [asset]);
		},
		status,
		ageChanges: (state, at) => {
			const texts = (now: number) => {
				if (geometry(state).series)
					return inSight?.assets.map(asset => ageOf(newestSample(asset), now)).join();
				return status({...state, now});
			};
			return texts(state.now) !== texts(at);
		},
	};
}
