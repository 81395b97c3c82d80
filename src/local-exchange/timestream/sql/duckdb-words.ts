/** Names of ours that are nobody's business. */
export function ownNames(message: string): string {
	return message.replaceAll(/\bts_(?=[a-z])/g, '');
}

const typeNames: Readonly<Record<string, string>> = {
	FLOAT: 'real',
	HUGEINT: 'bigint',
	INT32: 'integer',
	INT64: 'bigint',
	INTEGER_LITERAL: 'integer',
	INTERVAL: 'interval day to second',
	STRING_LITERAL: 'varchar',
	TIMESTAMP_NS: 'timestamp',
	'"NULL"': 'unknown',
};

/** Types in a message of DuckDB, as Timestream calls them. */
export function typeTexts(list: string): string {
	return list.replaceAll(/"NULL"|\b[A-Z][A-Z0-9_]+\b/g, typeText);
}

/** One of them. */
export function typeText(type: string): string {
	return typeNames[type] ?? type.toLowerCase();
}
