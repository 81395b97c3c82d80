import type {ScalarType} from './types.ts';

/** The column of every table that people do not see. Measures may be called `version`; hardly one is called so. */
export const versionColumn = '~version';

/** DuckDB's name of a type. */
export const sqlTypes: Readonly<Record<ScalarType, string>> = {
	BIGINT: 'BIGINT',
	BOOLEAN: 'BOOLEAN',
	DOUBLE: 'DOUBLE',
	TIMESTAMP: 'TIMESTAMP_NS',
	VARCHAR: 'VARCHAR',
};

/** A name as DuckDB's SQL quotes it. It must not hold a NUL: that ends a statement. */
export function identifier(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** A text as DuckDB's SQL quotes it; NULL for undefined. It must not hold a NUL: that ends a statement. */
export function literal(text: string | undefined): string {
	return text === undefined ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
}
