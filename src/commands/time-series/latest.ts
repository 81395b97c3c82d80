import {chooseSeries} from '../../shell/choose-series.ts';
import {type Context, defineCommand, type Output} from '../../shell/command.ts';
import {selectedDatabase} from '../../shell/databases.ts';
import {toShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';
import type {LatestValues, TimeSeriesDb} from '../../shell/time-series.ts';
import {latestPages, type Reading} from '../shared/latest-pages.ts';
import {
	type LatestRow,
	latestColumns,
	latestRows,
	type SortKey,
	sortKeys,
	withRecent,
} from '../shared/latest-rows.ts';
import {watchRows} from '../shared/watch-rows.ts';

/** Assets whose recent past is drawn: more than anybody looks at. */
const drawn = 100;

/** The newest sample of each attribute. */
export const latest = defineCommand({
	name: 'latest',
	group: 'Time series',
	summary: 'Show the latest values of assets',
	description:
		'Words that name assets choose them, all others are attributes: `latest kW` is the kW of every asset. In a pipe `--watch` prints each change as a line.',
	args: {
		series: {kind: 'series', many: true, optional: true, help: 'Assets and attributes; default: all'},
		long: {kind: 'flag', short: 'l', help: 'With time and asset id'},
		sort: {kind: 'text', option: true, optional: true, choices: sortKeys, help: 'Order; default: name'},
		reverse: {kind: 'flag', short: 'r', help: 'The other way round'},
		watch: {kind: 'flag', short: 'w', help: 'Stay live until Ctrl-C'},
	},
	examples: ['latest', "latest 'Feeder 1'", 'latest kW -l', 'latest --sort time --json'],
	async *run(context, {series, long, sort = 'name', reverse, watch}) {
		const database = selectedDatabase(context);
		const {timeSeriesDbId} = database;
		const rowsOf = ({assets}: LatestValues) =>
			latestRows(chooseSeries(assets, series), sort as SortKey, reverse);
		const show = createTable(context, database, long);

		let rows: readonly LatestRow[] = [];
		for await (const reading of latestPages(context, timeSeriesDbId)) {
			rows = tolerant(rowsOf, reading);
			if (reading.isLast || rows.length > 0) yield* show(rows);
		}
		if (context.interactive && (await readRecent(context, database, rows))) yield* show(rows);
		if (watch) {
			const live = (now: readonly LatestRow[], isLive: boolean) => show(now, isLive ? 'live' : 'watching');
			yield* watchRows(context, timeSeriesDbId, {before: rows, rowsOf, show: live});
		}
	},
});

/** A name that a partial reading lacks may be on the next page. */
function tolerant(rowsOf: (values: LatestValues) => readonly LatestRow[], {values, isLast}: Reading) {
	try {
		return rowsOf(values);
	} catch (thrown) {
		if (isLast || toShellError(thrown).code !== 'not-found') throw thrown;
		return [];
	}
}

let shown = 0;

/** Makes the outputs for rows; those for a person replace the ones before. */
function createTable({interactive, exchange}: Context, {timeSeriesDbId, name}: TimeSeriesDb, long: boolean) {
	const key = `latest ${++shown}`;
	return function* (rows: readonly LatestRow[], state?: string): Generator<Output> {
		const records = interactive ? withRecent(rows, exchange.timeSeries, timeSeriesDbId) : rows;
		const columns = latestColumns(records, {long, interactive});
		if (!interactive) {
			if (rows.length > 0) yield {kind: 'records', records, columns, layout: 'table'};
			return;
		}
		yield {kind: 'records', records, columns, layout: 'table', headers: true, key};
		const assets = new Set(rows.map(({assetId}) => assetId)).size;
		const counts = `${counted(rows.length, 'value')} of ${counted(assets, 'asset')} in ${name}`;
		yield {kind: 'note', text: state ? `${counts} · ${state}, Ctrl-C ends` : counts, key: `${key} note`};
	};
}

/** Whether the recent past of the first rows has come; values are shown without it where it can't be had. */
async function readRecent(
	{exchange, signal}: Context,
	database: TimeSeriesDb,
	rows: readonly LatestRow[],
): Promise<boolean> {
	const ids = new Set(rows.map(({assetId}) => assetId));
	const wanted = new Set([...ids].slice(0, drawn));
	const {assets = []} = exchange.timeSeries.cachedLatest(database.timeSeriesDbId) ?? {};
	try {
		await exchange.timeSeries.recent(
			database,
			assets.filter(({assetId}) => wanted.has(assetId)),
			{signal},
		);
		return true;
	} catch {
		signal.throwIfAborted();
		return false;
	}
}
