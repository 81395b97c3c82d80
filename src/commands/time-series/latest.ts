import {firstAsset} from '../../shell/assets.ts';
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
import {fileArgs, saved} from '../shared/saved.ts';
import {type Watched, watchRows} from '../shared/watch-rows.ts';

/** Assets whose recent past is drawn: more than anybody looks at. */
const mostDrawn = 100;
/** Rows shown while others are on their way. */
const early = 1_000;

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
		...fileArgs,
	},
	examples: ['latest', "latest 'Feeder 1'", 'latest kW -l', 'latest --sort time --json'],
	run: (context, {output, force, ...asked}) => saved(context, {output, force}, inner => show(inner, asked)),
});

type Asked = {
	readonly series: readonly string[];
	readonly long: boolean;
	readonly sort: string | undefined;
	readonly reverse: boolean;
	readonly watch: boolean;
};

async function* show(
	context: Context,
	{series, long, sort = 'name', reverse, watch}: Asked,
): AsyncGenerator<Output> {
	const database = selectedDatabase(context);
	const rowsOf = ({assets}: LatestValues) =>
		latestRows(chooseSeries(assets, series), sort as SortKey, reverse);
	const table = createTable(context, database, long);

	let rows: readonly LatestRow[] = [];
	for await (const reading of latestPages(context, database)) {
		rows = tolerant(rowsOf, reading);
		const isEmpty = reading.values.assets.length === 0;
		if (reading.isLast) {
			yield* table.show(rows, isEmpty ? firstAsset : undefined);
			// Where tables are not redrawn there is no line under them.
			if (isEmpty && context.interactive && !context.redraws)
				yield {kind: 'note', text: `no assets in ${database.name} yet: ${firstAsset}`};
		} else if (rows.length > 0) yield* table.show(rows.slice(0, early), 'so far');
	}
	if (context.redraws && rows.length > 0 && (await table.readRecent(rows))) yield* table.show(rows);
	if (watch) {
		const showChange: Watched['show'] = (now, {isLive, total}) =>
			table.show(now, isLive ? 'live until Ctrl-C' : 'watched until Ctrl-C', total);
		yield* watchRows(context, database, {before: rows, rowsOf, show: showChange});
	}
}

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

/** Makes the outputs for rows; on a screen they replace the ones before. */
function createTable(
	{interactive, redraws, exchange, signal}: Context,
	database: TimeSeriesDb,
	long: boolean,
) {
	const {timeSeries} = exchange;
	const {timeSeriesDbId, name} = database;
	const key = `latest ${++shown}`;
	let drawn: ReadonlySet<string> = new Set();
	let hasHeaders = false;
	let isFirst = true;
	return {
		show: function* (rows: readonly LatestRow[], state?: string, total = rows.length): Generator<Output> {
			const records = rows.map(row =>
				drawn.has(row.assetId) ? withRecent(row, timeSeries, timeSeriesDbId) : row,
			);
			const columns = latestColumns(records, {long, interactive});
			if (!redraws) {
				const headers = interactive && !hasHeaders;
				// A table without rows has a header in a file.
				if (rows.length > 0 || isFirst) yield {kind: 'records', records, columns, layout: 'table', headers};
				isFirst = false;
				hasHeaders ||= headers && rows.length > 0;
				return;
			}
			yield {kind: 'records', records, columns, layout: 'table', headers: true, key};
			const assets = new Set(rows.map(({assetId}) => assetId)).size;
			const shownOf =
				total > rows.length
					? `the first ${rows.length} of ${counted(total, 'value')}`
					: counted(total, 'value');
			const of = total > rows.length ? '' : ` of ${counted(assets, 'asset')}`;
			const text = `${shownOf}${of} in ${name}${state === undefined ? '' : ` · ${state}`}`;
			yield {kind: 'note', text, key: `${key} note`};
		},
		/** Whether the recent past of the first rows has come; values are shown without it where it can't be had. */
		readRecent: async (rows: readonly LatestRow[]): Promise<boolean> => {
			const wanted = new Set<string>();
			for (const {assetId} of rows) if (wanted.size < mostDrawn) wanted.add(assetId);
			const {assets = []} = timeSeries.cachedLatest(timeSeriesDbId) ?? {};
			const found = assets.filter(({assetId}) => wanted.has(assetId));
			try {
				await timeSeries.recent(database, found, {signal});
				drawn = wanted;
				return true;
			} catch {
				signal.throwIfAborted();
				return false;
			}
		},
	};
}
