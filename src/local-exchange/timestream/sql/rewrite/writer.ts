import type {Token} from '../tokens.ts';

/** Tokens from `from` up to but not including `to`. */
export type Range = {readonly from: number; readonly to: number};

/** A function's name with its arguments in parentheses. */
export type Call = {
	/** Of the name, in lower case. */
	readonly name: string;
	readonly token: Token;
	readonly args: readonly Range[];
};

/** Where the rules write to and read from. */
export type Writer = {
	readonly sql: string;
	readonly tokens: readonly Token[];
	/** When the query began: epoch, ns. */
	readonly now: bigint;
	/** Writes DuckDB's SQL in place of `token`, whose place errors will name. */
	readonly emit: (text: string, token: Token) => void;
	/** Writes what stands in `range`, rewritten in its turn. */
	readonly copy: (range: Range) => void;
	/** The texts in `range` are times even where DuckDB could not tell. */
	readonly timeText: (range: Range) => void;
};

const opening = new Set(['(', '[']);
const closing = new Set([')', ']']);

/** Index of the bracket that closes the one at `open`; undefined when none does. */
export function closeOf(tokens: readonly Token[], open: number): number | undefined {
	let depth = 0;
	for (let at = open; at < tokens.length; at++) {
		const {kind, value} = tokens[at]!;
		if (kind !== 'mark') continue;
		if (opening.has(value)) depth++;
		else if (closing.has(value) && --depth === 0) return at;
	}
	return undefined;
}

/** Parts of `range` between the commas that stand in no brackets; none for an empty range. */
export function splitAtCommas(tokens: readonly Token[], range: Range): Range[] {
	return range.from === range.to
		? []
		: split(tokens, range, token => token.kind === 'mark' && token.value === ',');
}

/** The first token in `range`, outside brackets, that `matches`; the last one with `last`. */
export function findOutside(
	tokens: readonly Token[],
	range: Range,
	matches: (token: Token) => boolean,
	{last = false} = {},
): number | undefined {
	const places = split(tokens, range, matches)
		.slice(0, -1)
		.map(part => part.to);
	return last ? places.at(-1) : places[0];
}

function split(tokens: readonly Token[], range: Range, matches: (token: Token) => boolean): Range[] {
	const parts: Range[] = [];
	let from = range.from;
	let depth = 0;
	for (let at = range.from; at < range.to; at++) {
		const token = tokens[at]!;
		if (depth === 0 && matches(token)) {
			parts.push({from, to: at});
			from = at + 1;
		} else if (token.kind === 'mark' && opening.has(token.value)) depth++;
		else if (token.kind === 'mark' && closing.has(token.value)) depth--;
	}
	return [...parts, {from, to: range.to}];
}

export function isWord(token: Token | undefined, value: string): boolean {
	return token?.kind === 'word' && token.value === value;
}

export function isMark(token: Token | undefined, value: string): boolean {
	return token?.kind === 'mark' && token.value === value;
}
