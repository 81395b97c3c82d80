import {syntaxError, tooComplex} from './query-error.ts';

export type Token = {
	/** `word`: also keywords. `text`: in single quotes. `duration`: `15m`. */
	readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'duration' | 'mark';
	/** As it stands in the query, quotes included. */
	readonly source: string;
	/** To compare with: words in lower case, names and texts without their quotes, others as they stand. */
	readonly value: string;
	/** Offset in the query, in UTF-16 units. */
	readonly start: number;
};

const units = 'nanosecond|ns|microsecond|us|millisecond|ms|second|s|minute|month|m|hour|h|day|d|year|y';

const pattern = new RegExp(
	[
		String.raw`(?<space>\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
		`(?<text>'[^']*(?:''[^']*)*')`,
		`(?<quoted>"(?!")[^"]*(?:""[^"]*)*")`,
		String.raw`(?<duration>\d+(?:${units})\b)`,
		String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?!\w))`,
		String.raw`(?<word>[a-z_]\w*)`,
		String.raw`(?<mark>->|::|<>|!=|>=|<=|\|\||[()[\],.;+\-*/%<>=])`,
	].join('|'),
	'iy',
);

/** Of brackets: more than people write, and few enough to go through each of them at every level. */
const maxDepth = 250;

/**
 * Splits a query into what Timestream's grammar knows, without comments. Throws the syntax error for anything
 * else, which keeps out the operators and the ways of quoting only DuckDB has, and for very many brackets in one
 * another.
 */
export function tokenize(sql: string): Token[] {
	const tokens: Token[] = [];
	let depth = 0;
	for (let start = 0; start < sql.length; ) {
		pattern.lastIndex = start;
		const groups = pattern.exec(sql)?.groups;
		if (groups === undefined) throw syntaxError(sql, start);
		const [kind, source] = Object.entries(groups).find(([, part]) => part !== undefined)!;
		// A NUL ends a string in C.
		if (source.includes('\0')) throw syntaxError(sql, start);
		if (source === '(' || source === '[') depth++;
		else if (source === ')' || source === ']') depth--;
		if (depth > maxDepth) throw tooComplex(sql, {start});
		if (kind !== 'space')
			tokens.push({kind: kind as Token['kind'], source, value: bare(kind, source), start});
		start += source.length;
	}
	return tokens;
}

function bare(kind: string, source: string): string {
	if (kind === 'quoted') return source.slice(1, -1).replaceAll('""', '"');
	if (kind === 'text') return source.slice(1, -1).replaceAll("''", "'");
	return source.toLowerCase();
}

/** A name as SQL takes it whatever it holds. */
export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
