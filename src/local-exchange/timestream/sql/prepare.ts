import type {DuckDBConnection} from '@duckdb/node-api';
import type {Table} from '../types.ts';
import type {Inspection, TableReference} from './gate/gate.ts';
import {type Inspections, parse} from './gate/parse.ts';
import {place, QueryError, refusal, syntaxError, tooComplex} from './query-error.ts';
import {type ResultColumn, resultColumns} from './result-columns.ts';
import {callable, functions} from './rewrite/functions.ts';
import {type Piece, rewrite} from './rewrite/rewrite.ts';
import {isWord} from './rewrite/writer.ts';
import {joinPieces, type Rewritten} from './rewritten.ts';
import {columnNames, namedTables, nameOf, relationOf} from './tables.ts';
import {quoteName, type Token} from './tokens.ts';

/** A query that may run. */
export type Prepared = {
	/** DuckDB's SQL, and the way back from its places. */
	readonly rewritten: Rewritten;
	/** The result's columns, from the names DuckDB gives them. */
	readonly resultColumns: (given: readonly string[]) => ResultColumn[];
	/** A column as the user calls it. */
	readonly fromDuckDB: (name: string) => string;
	/** The tables it reads. */
	readonly tables: readonly Table[];
};

type Question = {
	readonly sql: string;
	readonly tokens: readonly Token[];
	/** Those the user may read. */
	readonly tables: readonly Table[];
	/** When the query began: epoch, ns. */
	readonly now: bigint;
	readonly known: Inspections;
};

/**
 * Makes DuckDB's SQL of a SELECT and checks, on the tree that DuckDB's own parser makes of it, that it is one
 * query, calls nothing but functions that compute, and reads nothing but tables among `tables`. Throws a
 * QueryError otherwise.
 */
export async function prepare(connection: DuckDBConnection, question: Question): Promise<Prepared> {
	const {sql, tokens, tables, now, known} = question;
	refuseOther(sql, tokens);
	const names = columnNames(namedTables(tokens, tables));
	const rewriteAt = (time: bigint) => rewrite({sql, tokens, now: time, rename: names.toDuckDB});
	// The same text whenever it is asked, so that it is known again.
	const draft = joinPieces(rewriteAt(0n));
	const found = await parse(connection, draft, known, {
		notAQuery: location => syntaxErrorAt(sql, draft, location),
		tooComplex: (location = 0) => tooComplex(sql, draft.tokenAt(location)),
	});
	const pieces = rewriteAt(now);
	refuseFunctions(sql, found, draft, pieces);
	const read = found.tables.map(reference => {
		const table = tables.find(
			({databaseName, tableName}) => databaseName === reference.database && tableName === reference.table,
		);
		if (table === undefined) throw unknownTable(sql, reference, draft, tables);
		return {reference, table};
	});
	refuseValueFunctions(
		sql,
		found,
		draft,
		read.map(({table}) => table),
	);
	for (const {names: path, location} of found.longColumns) {
		// `db.t.column`: tables go by their own name alone.
		const isTable = read.some(({reference}) => reference.database === path[0] && reference.table === path[1]);
		if (isTable) blank(pieces, draft.pieceAt(location), 2);
	}
	for (const {reference, table} of read) {
		const at = draft.pieceAt(reference.location);
		blank(pieces, at, 3);
		const alias = reference.hasAlias ? '' : ` AS ${quoteName(reference.table)}`;
		pieces[at]!.text = relationOf(table, names) + alias;
	}
	const columns = new Set(
		read.flatMap(({table}) => table.columns.map(({name}) => names.toDuckDB(name) ?? name)),
	);
	const isColumn = (name: string) => columns.has(name);
	return {
		rewritten: joinPieces(pieces),
		resultColumns: given =>
			resultColumns(found, given, isColumn).map(column => ({...column, name: names.fromDuckDB(column.name)})),
		fromDuckDB: names.fromDuckDB,
		tables: [...new Set(read.map(({table}) => table))],
	};
}

function refuseOther(sql: string, tokens: readonly Token[]): void {
	const first = tokens[0];
	if (first === undefined) throw syntaxError(sql, 0);
	const begins =
		first.value === '(' || ['select', 'with', 'values', 'table'].some(word => isWord(first, word));
	if (!begins) throw syntaxError(sql, first.start);
	const wrong = tokens.find(
		token => (token.kind === 'mark' && token.value === ';') || isWord(token, 'recursive'),
	);
	if (wrong !== undefined) throw syntaxError(sql, wrong.start);
}

function syntaxErrorAt(sql: string, draft: Rewritten, byte = 0): QueryError {
	const atEnd = byte >= Buffer.byteLength(draft.text);
	return syntaxError(sql, atEnd ? sql.length : draft.tokenAt(byte).start);
}

/** Refuses functions that are not Timestream's, also those the rules write when the user wrote them. */
function refuseFunctions(sql: string, found: Inspection, draft: Rewritten, pieces: readonly Piece[]): void {
	for (const {name, location} of found.functions) {
		const piece = location === undefined ? undefined : pieces[draft.pieceAt(location)];
		const token = piece?.token;
		const isTheirs = token?.kind === 'word' && token.value === name && piece?.text.toLowerCase() === name;
		if (callable.has(name) && !(isTheirs && !functions.has(name))) continue;
		const written = token === undefined || token.kind === 'mark' ? name : nameOf(token).toLowerCase();
		throw refusal(sql, token?.start ?? 0, `Function ${written} not registered`);
	}
}

function refuseValueFunctions(
	sql: string,
	found: Inspection,
	draft: Rewritten,
	tables: readonly Table[],
): void {
	const known = new Set(tables.flatMap(table => table.columns.map(({name}) => name.toLowerCase())));
	const wrong = found.odd.find(({name}) => !known.has(name.toLowerCase()));
	if (wrong === undefined) return;
	const start = wrong.location === undefined ? 0 : draft.tokenAt(wrong.location).start;
	throw refusal(sql, start, `Column '${wrong.name}' does not exist`);
}

function unknownTable(
	sql: string,
	{database, table, location}: TableReference,
	draft: Rewritten,
	tables: readonly Table[],
): QueryError {
	const at = place(sql, draft.tokenAt(location).start);
	const [what, identifier] =
		database === undefined
			? ['database', table]
			: tables.some(({databaseName}) => databaseName === database)
				? [`table '${table}'`, `${database}.${table}`]
				: [`database '${database}'`, `${database}.${table}`];
	return new QueryError(
		'ValidationException',
		`Requested ${what} not found for identifier '${identifier}' at ${at}`,
	);
}

function blank(pieces: readonly Piece[], from: number, count: number): void {
	for (let at = from; at < from + count; at++) pieces[at]!.text = '';
}
