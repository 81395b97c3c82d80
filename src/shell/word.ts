/** A stretch of a word; `status` stands for the `$?` it was written as. */
export type Part =
	| {readonly kind: 'text'; readonly text: string; readonly quoted: boolean}
	| {readonly kind: 'status'};

/** A word of a line, quotes taken off, and where it stands there in UTF-16 units. */
export type Word = {readonly parts: readonly Part[]; readonly start: number; readonly end: number};

/** What a word stopped in the middle of. */
export type Opening = "'" | '"' | "$'" | '\\';

/** A word with `$?` filled in. */
export type ShellWord = {
	readonly text: string;
	/** For globs: as `text`, with a backslash before each special character that was quoted. */
	readonly pattern: string;
	readonly start: number;
	readonly end: number;
};

/** The word as a command gets it; `status` is what `$?` stands for. */
export function evaluateWord({parts, start, end}: Word, status: number): ShellWord {
	let text = '';
	let pattern = '';
	for (const part of parts) {
		const piece = part.kind === 'status' ? String(status) : part.text;
		text += piece;
		pattern += part.kind === 'text' && part.quoted ? piece.replace(/[\\*?[\]{},!^-]/g, '\\$&') : piece;
	}
	return {text, pattern, start, end};
}

/** Blanks between words; other Unicode spaces are part of a name. */
export const blank = /[ \t\r]/;

/** Reads the word that starts at `start`. `open` tells that the line ended inside it. */
export function readWord(line: string, start: number): {readonly word: Word; readonly open?: Opening} {
	const parts: Part[] = [];
	let bare = '';
	const flush = () => {
		if (bare !== '') parts.push({kind: 'text', text: bare, quoted: false});
		bare = '';
	};
	let at = start;
	while (at < line.length) {
		const character = line[at]!;
		if (blank.test(character) || character === '\n' || ';&|<>'.includes(character)) break;
		const quoted = readQuoted(line, at);
		if (quoted) {
			flush();
			parts.push(...quoted.parts);
			at = quoted.end;
			if (quoted.open) return {word: {parts, start, end: at}, open: quoted.open};
		} else if (line.startsWith('$?', at)) {
			flush();
			parts.push({kind: 'status'});
			at += 2;
		} else {
			bare += character;
			at++;
		}
	}
	flush();
	return {word: {parts, start, end: at}};
}

type Quoted = {readonly parts: readonly Part[]; readonly end: number; readonly open?: Opening};

function readQuoted(line: string, at: number): Quoted | undefined {
	if (line[at] === '\\') return readBackslash(line, at);
	if (line[at] === "'") {
		const close = line.indexOf("'", at + 1);
		const end = close === -1 ? line.length : close;
		const parts = [quotedText(line.slice(at + 1, end))];
		return close === -1 ? {parts, end, open: "'"} : {parts, end: end + 1};
	}
	if (line[at] === '"') return readDoubleQuoted(line, at);
	return line.startsWith("$'", at) ? readEscapes(line, at) : undefined;
}

const quotedText = (text: string): Part => ({kind: 'text', text, quoted: true});

function readBackslash(line: string, at: number): Quoted {
	if (at + 1 >= line.length) return {parts: [], end: line.length, open: '\\'};
	const joined = /^\\\r?\n/.exec(line.slice(at, at + 3));
	return joined ? {parts: [], end: at + joined[0].length} : {parts: [quotedText(line[at + 1]!)], end: at + 2};
}

function readDoubleQuoted(line: string, start: number): Quoted {
	const parts: Part[] = [];
	let text = '';
	let at = start + 1;
	for (; at < line.length && line[at] !== '"'; at++) {
		if (line.startsWith('$?', at)) {
			parts.push(quotedText(text), {kind: 'status'});
			text = '';
			at++;
		} else if (line[at] === '\\' && /["\\$`\n]/.test(line[at + 1] ?? '')) {
			at++;
			if (line[at] !== '\n') text += line[at];
		} else {
			text += line[at];
		}
	}
	parts.push(quotedText(text));
	return at >= line.length ? {parts, end: line.length, open: '"'} : {parts, end: at + 1};
}

const escapes: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	a: '\x07',
	b: '\b',
	e: '\x1b',
	E: '\x1b',
	f: '\f',
	v: '\v',
};

/** `$'…'`: how names with control characters are written printably. Unknown escapes stay as they are. */
function readEscapes(line: string, start: number): Quoted {
	let text = '';
	let at = start + 2;
	while (at < line.length && line[at] !== "'") {
		if (line[at] !== '\\') {
			text += line[at++];
			continue;
		}
		const code = /^\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8}))/.exec(
			line.slice(at, at + 10),
		);
		const value = Number.parseInt(code?.[1] ?? code?.[2] ?? code?.[3] ?? '', 16);
		if (code && value <= 0x10ffff) {
			text += String.fromCodePoint(value);
			at += code[0].length;
		} else {
			const next = line[at + 1] ?? '';
			text += escapes[next] ?? (/['"\\?]/.test(next) ? next : `\\${next}`);
			at += 2;
		}
	}
	const parts = [quotedText(text)];
	return at >= line.length ? {parts, end: line.length, open: "$'"} : {parts, end: at + 1};
}
