import {type Token, tokenize} from './tokenize.ts';
import type {Word} from './word.ts';

/** What the cursor stands in or behind. */
export type WordAtCursor = {
	/** `command`: a verb is wanted; `argument`: of `words[0]`; `file`: the local file of a `>`. */
	readonly place: 'command' | 'argument' | 'file';
	/** The word so far, quotes taken off. */
	readonly text: string;
	/** The quote the user opened it with. */
	readonly quote: "'" | '"' | undefined;
	/** The part of the line to replace. */
	readonly start: number;
	readonly end: number;
	/** The words of the statement before it. */
	readonly words: readonly string[];
};

/** The word to complete, or undefined where nothing can be: in a comment or a local command. */
export function wordAt(line: string, cursor: number): WordAtCursor | undefined {
	const before = line.slice(0, cursor);
	const {tokens, open} = tokenize(before);
	const last = tokens.at(-1);
	if (last?.kind === 'unsupported' || last?.kind === '|' || last?.kind === '!') return undefined;
	if (/(^|[\s;&|])#/.test(before.slice(last?.end ?? 0)) && !open) return undefined;

	const touching = last?.kind === 'word' && last.end === before.length ? last : undefined;
	const statement = tokens.slice(tokens.findLastIndex(isSeparator) + 1, touching ? -1 : undefined);
	const quote = open?.what === "'" || open?.what === '"' ? open.what : undefined;
	const start = touching?.start ?? cursor;
	const words = statement.flatMap((token, at) =>
		token.kind === 'word' && !isRedirect(statement[at - 1]) ? [textOf(token.word)] : [],
	);
	return {
		place: isRedirect(statement.at(-1)) ? 'file' : words.length === 0 ? 'command' : 'argument',
		text: touching ? textOf(touching.word) : '',
		quote,
		start,
		// A quote that an editor closed already belongs to the word.
		end: quote && line[cursor] === quote ? cursor + 1 : cursor,
		words,
	};
}

const isSeparator = ({kind}: Token) => kind === ';' || kind === '&&' || kind === '||';
const isRedirect = (token: Token | undefined) => token?.kind === '>' || token?.kind === '>>';

function textOf({parts}: Word): string {
	return parts.map(part => (part.kind === 'status' ? '$?' : part.text)).join('');
}
