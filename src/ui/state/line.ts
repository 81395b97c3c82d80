import {atGrapheme, nextGrapheme, previousGrapheme} from './graphemes.ts';

type Snapshot = {readonly text: string; readonly cursor: number};

/** A line being edited. `cursor` counts UTF-16 units and stands between graphemes. */
export type Line = Snapshot & {
	/** The kill ring, newest last. */
	readonly kills: readonly string[];
	readonly undone: readonly Snapshot[];
	/** What the last edit was: kills in a row join, and only a yank can be rotated. */
	readonly last?: 'type' | 'kill' | 'yank' | undefined;
	/** Where the last yank starts and which kill it took, counted from the newest. */
	readonly yanked?: {readonly start: number; readonly back: number} | undefined;
};

export type Edit =
	| 'left'
	| 'right'
	| 'word-left'
	| 'word-right'
	| 'home'
	| 'end'
	| 'erase'
	| 'delete'
	| 'erase-word'
	| 'erase-argument'
	| 'delete-word'
	| 'kill-start'
	| 'kill-end'
	| 'yank'
	| 'rotate'
	| 'transpose'
	| 'undo';

export const emptyLine: Line = {text: '', cursor: 0, kills: [], undone: []};

const ringSize = 32;
const undoSize = 100;

/** Replaces the text, keeping the kill ring; the cursor goes to the end unless `cursor` says where. */
export function setText(line: Line, text: string, cursor = text.length): Line {
	return {...remember(line), text, cursor: atGrapheme(text, cursor), last: undefined};
}

/** The line after it was entered or given up: empty, the kill ring kept. */
export function cleared(line: Line): Line {
	return {...emptyLine, kills: line.kills};
}

export function insertText(line: Line, text: string): Line {
	if (text === '') return line;
	// A word typed in one go is undone in one go.
	const goesOn = line.last === 'type' && text !== ' ' && line.undone.length > 0;
	return {
		...(goesOn ? line : remember(line)),
		text: line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor),
		cursor: line.cursor + text.length,
		last: 'type',
	};
}

/** Replaces `start` to `end` and puts the cursor behind it. */
export function replaceText(line: Line, start: number, end: number, text: string): Line {
	return setText(line, line.text.slice(0, start) + text + line.text.slice(end), start + text.length);
}

export function edit(line: Line, what: Edit): Line {
	const {text, cursor} = line;
	switch (what) {
		case 'left':
			return move(line, previousGrapheme(text, cursor));
		case 'right':
			return move(line, nextGrapheme(text, cursor));
		case 'word-left':
			return move(line, wordStart(text, cursor, isWord));
		case 'word-right':
			return move(line, wordEnd(text, cursor));
		case 'home':
			return move(line, text.lastIndexOf('\n', cursor - 1) + 1);
		case 'end':
			return move(line, rowEnd(text, cursor));
		case 'erase':
			return remove(line, previousGrapheme(text, cursor), cursor);
		case 'delete':
			return remove(line, cursor, nextGrapheme(text, cursor));
		case 'erase-word':
			return kill(line, wordStart(text, cursor, isWord), cursor);
		case 'erase-argument':
			return kill(line, wordStart(text, cursor, isArgument), cursor);
		case 'delete-word':
			return kill(line, cursor, wordEnd(text, cursor));
		case 'kill-start':
			return kill(line, 0, cursor);
		case 'kill-end':
			return kill(line, cursor, text.length);
		case 'yank':
			return yank(line, 0);
		case 'rotate':
			return rotate(line);
		case 'transpose':
			return transpose(line);
		case 'undo':
			return undo(line);
	}
}

function remember(line: Line): Line {
	return {...line, undone: [...line.undone.slice(1 - undoSize), {text: line.text, cursor: line.cursor}]};
}

function move(line: Line, cursor: number): Line {
	return {...line, cursor, last: undefined};
}

function remove(line: Line, start: number, end: number): Line {
	if (start === end) return line;
	return {
		...remember(line),
		text: line.text.slice(0, start) + line.text.slice(end),
		cursor: start,
		last: undefined,
	};
}

function kill(line: Line, start: number, end: number): Line {
	if (start === end) return line;
	const killed = line.text.slice(start, end);
	const joins = line.last === 'kill';
	const newest = joins ? (line.kills.at(-1) ?? '') : '';
	const joined = end === line.cursor ? killed + newest : newest + killed;
	const older = joins ? line.kills.slice(0, -1) : line.kills;
	return {...remove(line, start, end), kills: [...older.slice(1 - ringSize), joined], last: 'kill'};
}

function yank(line: Line, back: number): Line {
	const killed = line.kills.at(-1 - back);
	if (killed === undefined) return line;
	return {...insertText(remember(line), killed), last: 'yank', yanked: {start: line.cursor, back}};
}

function rotate(line: Line): Line {
	if (line.last !== 'yank' || !line.yanked) return line;
	const {start, back} = line.yanked;
	const without = {...line, text: line.text.slice(0, start) + line.text.slice(line.cursor), cursor: start};
	return yank(without, (back + 1) % line.kills.length);
}

function transpose(line: Line): Line {
	const {text} = line;
	const middle =
		line.cursor === text.length ? previousGrapheme(text, text.length) : Math.min(line.cursor, text.length);
	const start = previousGrapheme(text, middle);
	const end = nextGrapheme(text, middle);
	if (start === middle || middle === end) return line;
	const swapped = text.slice(middle, end) + text.slice(start, middle);
	return setText(line, text.slice(0, start) + swapped + text.slice(end), end);
}

function undo(line: Line): Line {
	const before = line.undone.at(-1);
	if (!before) return line;
	return {...line, ...before, undone: line.undone.slice(0, -1), last: undefined};
}

function isWord(character: string): boolean {
	return /[\p{L}\p{M}\p{N}_]/u.test(character);
}

function isArgument(character: string): boolean {
	return !/\s/.test(character);
}

function rowEnd(text: string, cursor: number): number {
	const end = text.indexOf('\n', cursor);
	return end === -1 ? text.length : end;
}

function wordStart(text: string, from: number, belongs: (character: string) => boolean): number {
	let index = from;
	let inside = false;
	while (index > 0) {
		const before = previousGrapheme(text, index);
		const now = belongs(text.slice(before, index));
		if (inside && !now) break;
		inside = now;
		index = before;
	}
	return index;
}

function wordEnd(text: string, from: number): number {
	let index = from;
	let inside = false;
	while (index < text.length) {
		const after = nextGrapheme(text, index);
		const now = isWord(text.slice(index, after));
		if (inside && !now) break;
		inside = now;
		index = after;
	}
	return index;
}
