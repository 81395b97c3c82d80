import type {Measure, Table} from '../types.ts';
import {place, QueryError, syntaxError} from './query-error.ts';
import {type Rows, rowsOfTexts} from './result/rows.ts';
import {isMark, isWord} from './rewrite/writer.ts';
import {nameOf} from './tables.ts';
import type {Token} from './tokens.ts';

type Question = {
	readonly sql: string;
	readonly tokens: readonly Token[];
	readonly tables: readonly Table[];
	readonly measures: (timeSeriesDbId: string) => Promise<readonly Measure[]>;
};

/** Reads tokens one after another; refuses what does not fit. */
type Reader = {
	readonly word: (value: string) => boolean;
	readonly expect: (value: string) => void;
	readonly name: () => Token;
	readonly pattern: () => ((name: string) => boolean) | undefined;
	readonly end: () => void;
};

/** Answers SHOW and DESCRIBE from what the user may read; undefined when the statement is neither. */
export async function catalogueRows({sql, tokens, tables, measures}: Question): Promise<Rows | undefined> {
	const reader = readerOf(sql, tokens);
	if (reader.word('describe') || reader.word('desc')) {
		const table = tableNamed(sql, tables, reader);
		reader.end();
		return describe(table);
	}
	if (!reader.word('show')) return undefined;
	if (reader.word('databases')) {
		const names = [...new Set(tables.map(({databaseName}) => databaseName))];
		return listing('Database', names, reader);
	}
	if (reader.word('tables')) {
		const database = reader.word('from') ? reader.name() : undefined;
		const name = database && nameOf(database);
		const within = tables.filter(({databaseName}) => name === undefined || databaseName === name);
		if (database !== undefined && within.length === 0) {
			throw missing(sql, `database '${name}'`, name!, database);
		}
		return listing(
			'Table',
			within.map(({tableName}) => tableName),
			reader,
		);
	}
	reader.expect('measures');
	reader.expect('from');
	const table = tableNamed(sql, tables, reader);
	const matches = reader.pattern();
	reader.end();
	const found = await measures(table.timeSeriesDbId);
	return rowsOfTexts(
		['measure_name', 'data_type', 'dimensions'],
		found
			.filter(({measureName}) => matches?.(measureName) ?? true)
			.toSorted((a, b) => compare(a.measureName, b.measureName))
			.map(({measureName, dataType, dimensions}) => [
				measureName,
				dataType.toLowerCase(),
				JSON.stringify(dimensions.map(name => ({data_type: 'varchar', dimension_name: name}))),
			]),
	);
}

function describe({columns}: Table): Rows {
	return rowsOfTexts(
		['Column', 'Type', 'Timestream attribute type'],
		columns.map(({name, type, kind}) => [name, type.toLowerCase(), kind]),
	);
}

function listing(column: string, names: readonly string[], reader: Reader): Rows {
	const matches = reader.pattern();
	reader.end();
	return rowsOfTexts(
		[column],
		names
			.filter(name => matches?.(name) ?? true)
			.toSorted(compare)
			.map(name => [name]),
	);
}

function tableNamed(sql: string, tables: readonly Table[], reader: Reader): Table {
	const database = reader.name();
	reader.expect('.');
	const [databaseName, tableName] = [nameOf(database), nameOf(reader.name())];
	const found = tables.find(table => table.databaseName === databaseName && table.tableName === tableName);
	if (found !== undefined) return found;
	const known = tables.some(table => table.databaseName === databaseName);
	throw missing(
		sql,
		known ? `table '${tableName}'` : `database '${databaseName}'`,
		`${databaseName}.${tableName}`,
		database,
	);
}

function missing(sql: string, what: string, identifier: string, token: Token): QueryError {
	const at = place(sql, token.start);
	return new QueryError(
		'ValidationException',
		`Requested ${what} not found for identifier '${identifier}' at ${at}`,
	);
}

function readerOf(sql: string, tokens: readonly Token[]): Reader {
	let at = 0;
	const refuse = () => syntaxError(sql, tokens[at]?.start ?? sql.length);
	const take = (fits: boolean) => {
		if (fits) at++;
		return fits;
	};
	const word = (value: string) => take(isWord(tokens[at], value));
	return {
		word,
		expect: value => {
			if (!take(isWord(tokens[at], value) || isMark(tokens[at], value))) throw refuse();
		},
		name: () => {
			const token = tokens[at];
			if (token === undefined || !take(token.kind === 'word' || token.kind === 'quoted')) throw refuse();
			return token;
		},
		pattern: () => {
			if (!word('like')) return undefined;
			const token = tokens[at];
			if (token === undefined || !take(token.kind === 'text')) throw refuse();
			return like(token.value);
		},
		end: () => {
			if (at < tokens.length) throw refuse();
		},
	};
}

/** SQL's LIKE, without an escape. Never more steps than the lengths of both multiplied. */
function like(pattern: string): (name: string) => boolean {
	return name => {
		let [at, next] = [0, 0];
		let [star, resume] = [-1, 0];
		while (next < name.length) {
			if (pattern[at] === '%') {
				star = at++;
				resume = next;
			} else if (at < pattern.length && (pattern[at] === '_' || pattern[at] === name[next])) {
				at++;
				next++;
			} else if (star >= 0) {
				at = star + 1;
				next = ++resume;
			} else return false;
		}
		return /^%*$/.test(pattern.slice(at));
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
