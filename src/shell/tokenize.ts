import {blank, type Opening, readWord, type Word} from './word.ts';

export type Token = {readonly start: number; readonly end: number} & (
	| {readonly kind: 'word'; readonly word: Word}
	| {readonly kind: ';' | '&&' | '||' | '>' | '>>'}
	/** `!cmd` (to the end of the line) and `| cmd` (to the next operator): verbatim. `start` is the mark's. */
	| {readonly kind: '!' | '|'; readonly command: string; readonly commandStart: number}
	/** What bash would act on and this shell does not. */
	| {readonly kind: 'unsupported'; readonly text: string}
);

export type Tokens = {
	readonly tokens: readonly Token[];
	/** The line ended inside the last token. */
	readonly open: {readonly what: Opening; readonly start: number} | undefined;
};

/** Splits a line, or several: a newline counts as `;`. Never throws: `open` tells of an unclosed quote. */
export function tokenize(line: string): Tokens {
	const tokens: Token[] = [];
	let at = 0;
	while (at < line.length) {
		const start = at;
		if (blank.test(line[at]!)) {
			at++;
		} else if (line[at] === '#') {
			at = endOfLine(line, at);
		} else if (line[at] === '!' && startsStatement(tokens)) {
			const end = endOfLine(line, at);
			const command = line.slice(at + 1, end).trimEnd();
			tokens.push({kind: '!', command: command.trimStart(), commandStart: at + 1, start, end});
			at = end;
		} else if (line[at] === '|' && line[at + 1] !== '|') {
			const local = readLocal(line, at + 1);
			const command = line.slice(at + 1, local.end).trim();
			at = local.next;
			tokens.push({kind: '|', command, commandStart: start + 1, start, end: local.end});
			if (local.open) return {tokens, open: local.open};
		} else {
			const operator = operatorAt(line, at);
			if (operator) {
				tokens.push(operator);
				at = operator.end;
				continue;
			}
			const {word, open} = readWord(line, at);
			// A lone line continuation is no word.
			if (word.parts.length > 0 || open) tokens.push({kind: 'word', word, start, end: word.end});
			if (open) return {tokens, open: {what: open, start}};
			at = word.end;
		}
	}
	return {tokens, open: undefined};
}

/** Whether a person has to go on typing: an open quote, a last `\`, or an operator that wants a command. */
export function isIncomplete(line: string): boolean {
	const {tokens, open} = tokenize(line);
	const last = tokens.findLast(({kind}) => kind !== ';');
	return (
		open !== undefined ||
		last?.kind === '&&' ||
		last?.kind === '||' ||
		(last?.kind === '|' && last.command === '' && last === tokens.at(-1))
	);
}

function startsStatement(tokens: readonly Token[]): boolean {
	const last = tokens.at(-1);
	return !last || last.kind === ';' || last.kind === '&&' || last.kind === '||';
}

function endOfLine(line: string, at: number): number {
	const end = line.indexOf('\n', at);
	return end === -1 ? line.length : end;
}

function operatorAt(line: string, start: number): Token | undefined {
	const [text = ''] = /^(?:[;\n]|&&|\|\||>>?|&>{0,2}|<+)/.exec(line.slice(start, start + 3)) ?? [];
	if (text === '') return undefined;
	const end = start + text.length;
	if (text === '\n') return {kind: ';', start, end};
	if (text === ';' || text === '&&' || text === '||' || text === '>' || text === '>>') {
		return {kind: text, start, end};
	}
	return {kind: 'unsupported', text, start, end};
}

/** Where a local command ends: before an unquoted `;`, `&&`, `||`, newline or comment. */
function readLocal(line: string, start: number): {end: number; next: number; open?: Tokens['open']} {
	let at = start;
	while (at < line.length) {
		const character = line[at]!;
		if (character === ';' || character === '\n') break;
		if (line.startsWith('&&', at) || line.startsWith('||', at)) break;
		if (character === '#' && /\s/.test(line[at - 1] ?? ' ')) {
			return {end: at, next: endOfLine(line, at)};
		}
		if (character === '\\') {
			if (at + 1 >= line.length) return {end: at, next: at, open: {what: '\\', start: at}};
			at += 2;
		} else if (character === "'" || character === '"') {
			const close = closingQuote(line, at);
			if (close === -1) return {end: line.length, next: line.length, open: {what: character, start: at}};
			at = close + 1;
		} else {
			at++;
		}
	}
	return {end: at, next: at};
}

function closingQuote(line: string, start: number): number {
	if (line[start] === "'") return line.indexOf("'", start + 1);
	for (let at = start + 1; at < line.length; at++) {
		if (line[at] === '\\') at++;
		else if (line[at] === '"') return at;
	}
	return -1;
}
