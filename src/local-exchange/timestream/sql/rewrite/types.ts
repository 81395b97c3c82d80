import {refusal, syntaxError} from '../query-error.ts';
import {quoteName, type Token} from '../tokens.ts';
import {closeOf, isMark, type Range, splitAtCommas} from './writer.ts';

const simple: Readonly<Record<string, string>> = {
	bigint: 'BIGINT',
	boolean: 'BOOLEAN',
	char: 'VARCHAR',
	date: 'DATE',
	double: 'DOUBLE',
	'double precision': 'DOUBLE',
	int: 'INTEGER',
	integer: 'INTEGER',
	'interval day to second': 'INTERVAL',
	'interval year to month': 'INTERVAL',
	json: 'JSON',
	real: 'FLOAT',
	smallint: 'SMALLINT',
	time: 'TIME',
	timestamp: 'TIMESTAMP_NS',
	tinyint: 'TINYINT',
	varchar: 'VARCHAR',
};

/** What DuckDB calls the type written in `range`. Throws when Timestream has no such type. */
export function typeName(sql: string, tokens: readonly Token[], range: Range): string {
	const first = tokens[range.from];
	if (range.from >= range.to || first === undefined) throw syntaxError(sql, first?.start ?? sql.length);
	const open = findOpen(tokens, range);
	if (open === undefined) {
		const name = tokens
			.slice(range.from, range.to)
			.map(token => token.value)
			.join(' ');
		const known = Object.hasOwn(simple, name) ? simple[name] : undefined;
		if (known === undefined) throw refusal(sql, first.start, `Unknown type: ${name}`);
		return known;
	}
	const close = closeOf(tokens, open);
	if (close !== range.to - 1 || open !== range.from + 1) throw syntaxError(sql, first.start);
	const parts = splitAtCommas(tokens, {from: open + 1, to: close});
	const inner = (part: Range) => typeName(sql, tokens, part);
	switch (first.value) {
		case 'char':
		case 'varchar':
			return 'VARCHAR';
		case 'timestamp':
			return 'TIMESTAMP_NS';
		case 'array':
			if (parts.length === 1) return `${inner(parts[0]!)}[]`;
			break;
		case 'timeseries':
			if (parts.length === 1) return `STRUCT("time" TIMESTAMP_NS, "value" ${inner(parts[0]!)})[]`;
			break;
		case 'row':
			return `STRUCT(${parts.map((part, at) => field(sql, tokens, part, at)).join(', ')})`;
	}
	throw refusal(sql, first.start, `Unknown type: ${first.value}`);
}

function field(sql: string, tokens: readonly Token[], part: Range, at: number): string {
	const named = part.to - part.from > 1 && !isMark(tokens[part.from + 1], '(');
	if (!named) return `${quoteName(`field${at}`)} ${typeName(sql, tokens, part)}`;
	return `${quoteName(tokens[part.from]!.value)} ${typeName(sql, tokens, {...part, from: part.from + 1})}`;
}

function findOpen(tokens: readonly Token[], range: Range): number | undefined {
	for (let at = range.from; at < range.to; at++) if (isMark(tokens[at], '(')) return at;
	return undefined;
}
