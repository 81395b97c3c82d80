import type {Table} from '../types.ts';
import {isMark} from './rewrite/writer.ts';
import {quoteName, type Token} from './tokens.ts';

/** Columns under names that DuckDB, which takes `kW` for `kw`, tells apart. */
export type ColumnNames = {
	/** What DuckDB calls a column; undefined where that is what the user calls it. */
	readonly toDuckDB: (name: string) => string | undefined;
	/** What the user calls it. */
	readonly fromDuckDB: (name: string) => string;
};

/** The tables a query names, and perhaps more: `db.t` may stand where it names something else. */
export function namedTables(tokens: readonly Token[], readable: readonly Table[]): Table[] {
	const named = new Set<string>();
	for (const [at, {kind, value, source}] of tokens.entries()) {
		const [dot, table] = [tokens[at + 1], tokens[at + 2]];
		if (kind === 'mark' || kind === 'text' || !isMark(dot, '.') || table === undefined) continue;
		named.add(JSON.stringify([kind === 'word' ? source : value, nameOf(table)]));
	}
	return readable.filter(table => named.has(JSON.stringify([table.databaseName, table.tableName])));
}

/** A name as its token says it: Timestream keeps the case of those without quotes, too. */
export function nameOf(token: Token): string {
	return token.kind === 'word' ? token.source : token.value;
}

/** One name for each spelling among the columns of `tables`, so that none differ in case alone. */
export function columnNames(tables: readonly Table[]): ColumnNames {
	const taken = new Set<string>();
	const renamed = new Map<string, string>();
	const spellings = new Set(tables.flatMap(table => table.columns.map(column => column.name)));
	for (const name of spellings) {
		let free = name;
		for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name}~${count}`;
		taken.add(free.toLowerCase());
		if (free !== name) renamed.set(name, free);
	}
	const original = new Map([...renamed].map(([name, free]) => [free, name]));
	return {
		toDuckDB: name => renamed.get(name),
		fromDuckDB: name => original.get(name) ?? name,
	};
}

/** What to read instead of `"db"."table"`. */
export function relationOf(table: Table, names: ColumnNames): string {
	const columns = table.columns.map(({name, physical}) => ({physical, known: names.toDuckDB(name) ?? name}));
	if (columns.every(({physical, known}) => physical === known)) return table.relation;
	const list = columns.map(({physical, known}) => `${quoteName(physical)} AS ${quoteName(known)}`);
	return `(SELECT ${list.join(', ')} FROM ${table.relation})`;
}
