import {selectedDatabase} from '../../shell/assets.ts';
import {type Context, defineCommand, type Output} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';
import {isUnknownColumn, locateSqlError} from '../../shell/sql-error.ts';
import {type Filled, fillNames, hasPlaceholders} from '../../shell/sql-template.ts';
import type {QueryPage, TimeSeriesDb} from '../../shell/time-series.ts';
import {scanned, withWaiting} from '../shared/query-pages.ts';
import {type QueryTable, queryTable} from '../shared/query-rows.ts';
import {queryText} from '../shared/query-text.ts';
import {fileArgs, saved} from '../shared/saved.ts';

/** Rows of a page where a person reads along, and the most there can be. */
const readable = 100;
const mostRows = 1_000;
/** Columns that every table has, for a name that is mistyped. */
const usualColumns = ['time', 'measure_name', 'assetId', 'name'];

/** Timestream SQL on the selected database. */
export const query = defineCommand({
	name: 'query',
	group: 'Time series',
	summary: 'Ask in Timestream SQL',
	description: [
		"{db} and {table} stand for the selected database's names. Quote the query with single quotes, names in",
		'it with double ones. A person is asked after each page whether to go on; in a pipe, a file or a script all',
		'rows come. Times are as Timestream says them, in UTC. Ctrl-C cancels the query at the Exchange.',
	].join(' '),
	args: {
		sql: {kind: 'text', optional: true, help: 'The query, in quotes'},
		file: {
			kind: 'local',
			option: true,
			optional: true,
			short: 'f',
			help: 'Local file with the query; - is stdin',
		},
		edit: {kind: 'flag', short: 'e', help: 'Write it in $VISUAL or $EDITOR, from the last one on'},
		all: {kind: 'flag', short: 'a', help: 'All rows, without asking'},
		limit: {kind: 'count', option: true, optional: true, short: 'n', help: 'At most so many rows'},
		output: fileArgs.output,
		force: {kind: 'flag', help: 'Replace the local file'},
	},
	examples: [
		"query 'SELECT * FROM {db}.{table} ORDER BY time DESC LIMIT 10'",
		"query 'SHOW MEASURES FROM {db}.{table}'",
		"query 'SELECT name, max(kW) FROM {db}.{table} GROUP BY name' -o peaks.csv",
		'query -f report.sql --json',
	],
	async *run(context, {sql, file, edit, all, limit, output, force}) {
		// Before anything is written in vain.
		if (sql === undefined ? edit : !showsDatabases(sql)) selectedDatabase(context);
		const text = await queryText(context, {sql, file, edit});
		const database = await databaseFor(context, text);
		const asked = {database, text, filled: filledFor(text, database), all, limit};
		yield* saved(context, {output, force}, inner => answer(inner, asked));
	},
});

/** What databases there are can be asked in any of them. */
function showsDatabases(text: string): boolean {
	return /^\s*show\s+databases\b/i.test(text.replaceAll(/--[^\n]*|\/\*.*?\*\//gs, ' '));
}

/** The selected database; for `SHOW DATABASES` any that can be read. Throws `usage` where there is none. */
async function databaseFor(context: Context, text: string): Promise<TimeSeriesDb> {
	const {exchange, session, signal} = context;
	if (session.database || !showsDatabases(text)) return selectedDatabase(context);
	const [first] = await exchange.timeSeries.listDatabases({signal});
	return first ?? selectedDatabase(context);
}

type Asked = {
	readonly database: TimeSeriesDb;
	/** As it was written. */
	readonly text: string;
	readonly filled: Filled;
	readonly all: boolean;
	readonly limit: number | undefined;
};

function filledFor(text: string, {name, databaseName, tableName}: TimeSeriesDb): Filled {
	if (databaseName !== null && tableName !== null) {
		return fillNames(text, {db: databaseName, table: tableName});
	}
	if (!hasPlaceholders(text)) return {text, original: at => at};
	throw new ShellError('failed', `${name}: the Exchange does not say what SQL calls it`, {
		hint: 'write the names instead of {db} and {table}',
	});
}

async function* answer(context: Context, asked: Asked): AsyncGenerator<Output> {
	const seen = {rows: 0};
	try {
		yield* pages(context, asked, seen);
	} catch (thrown) {
		const error = toShellError(thrown);
		if (context.signal.aborted) throw error;
		if (seen.rows > 0) {
			yield {kind: 'note', tone: 'warning', text: `${counted(seen.rows, 'row')} came before it failed`};
		}
		const columns = isUnknownColumn(error) ? await columnsOf(context, asked.database) : [];
		throw locateSqlError(error, asked.text, asked.filled, columns);
	}
}

async function* pages(
	context: Context,
	{database, filled, all, limit = Number.POSITIVE_INFINITY}: Asked,
	seen: {rows: number},
): AsyncGenerator<Output> {
	const {exchange, signal, format, interactive, confirm} = context;
	const asks = interactive && !all && !Number.isFinite(limit);
	// One row more than wanted tells whether there are more.
	const maxRows = asks ? readable : Math.min(mostRows, limit + 1);
	const queried = exchange.timeSeries.query({database, queryString: filled.text, maxRows}, {signal});
	let table: QueryTable | undefined;
	let bytes: number | null = null;
	let isSaid = false;
	// A page that was asked for is a table of its own: its columns are as wide as its values.
	let isFirst = true;
	for await (const page of withWaiting(context, queried)) {
		if ('kind' in page) {
			yield page;
			isSaid ||= page.done === true;
			continue;
		}
		bytes = page.bytesScanned ?? bytes;
		if (page.columns.length > 0) table ??= queryTable(page.columns, format);
		const rows = page.rows.slice(0, limit - seen.rows);
		if (table && rows.length > 0) {
			yield recordsOf(table, rows, isFirst);
			isFirst = asks;
		}
		seen.rows += rows.length;
		if (page.rows.length > rows.length) {
			yield {kind: 'note', text: `cut at ${counted(seen.rows, 'row')} by --limit: there are more`};
			return;
		}
		if (!asks || page.isLast || rows.length === 0) continue;
		if (await confirm(`${scanned(seen.rows, bytes)}. More?`)) continue;
		yield {kind: 'note', text: `left after ${counted(seen.rows, 'row')}: there are more, --all shows them`};
		return;
	}
	// An empty answer has columns, too.
	if (table && seen.rows === 0) yield recordsOf(table, [], true);
	if (interactive && !isSaid) yield {kind: 'note', text: scanned(seen.rows, bytes)};
}

function recordsOf({columns, row}: QueryTable, rows: QueryPage['rows'], headers: boolean): Output {
	return {kind: 'records', records: rows.map(row), columns, layout: 'table', headers};
}

/** What a column may be called, as far as the Exchange says. */
async function columnsOf({exchange, signal}: Context, database: TimeSeriesDb): Promise<readonly string[]> {
	const {databaseName: db, tableName: table} = database;
	const names = [...usualColumns];
	if (db === null || table === null) return names;
	const queryString = fillNames('DESCRIBE {db}.{table}', {db, table}).text;
	try {
		for await (const {rows} of exchange.timeSeries.query({database, queryString}, {signal})) {
			names.push(...rows.flatMap(([name]) => (typeof name === 'string' ? [name] : [])));
		}
	} catch {
		// What is wrong with the user's own query is to be told.
	}
	return names;
}
