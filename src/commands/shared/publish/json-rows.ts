import {ShellError} from '../../../shell/errors.ts';
import {type FileRow, longestRow, type Reading} from './row.ts';

/** One object of the text as it is written there. */
type Piece = {readonly line: number; readonly text: string};

/**
 * The rows of a JSON text: an array of objects, or objects one after the other (JSON lines). Their keys are
 * the columns; null is a missing cell; numbers stay as they are written. Throws, with the line, for what is
 * no JSON, no object, or has a list or an object for a value.
 */
export function readJson(text: AsyncIterable<string>, name: string): Reading {
	const columns: string[] = [];
	const places = new Map<string, number>();
	const place = (key: string) => {
		const known = places.get(key);
		if (known !== undefined) return known;
		places.set(key, columns.length);
		return columns.push(key) - 1;
	};
	async function* rows(): AsyncGenerator<readonly FileRow[]> {
		for await (const found of pieces(text, name)) {
			yield found.map(piece => {
				const cells: string[] = [];
				for (const [key, cell] of cellsOf(piece, name)) cells[place(key)] = cell;
				return {line: piece.line, cells: Array.from(columns, (_, index) => cells[index] ?? '')};
			});
		}
	}
	return {columns, rows: rows()};
}

function* cellsOf({line, text}: Piece, name: string): Generator<[key: string, cell: string]> {
	let value: Readonly<Record<string, unknown>>;
	try {
		value = JSON.parse(text, (_key, inner: unknown, context?: {readonly source?: string}) =>
			// More digits than a double holds are not lost.
			typeof inner === 'number' ? (context?.source ?? String(inner)) : inner,
		);
	} catch (thrown) {
		throw new ShellError('failed', `${name}: line ${line}: not JSON`, {cause: thrown});
	}
	for (const [key, inner] of Object.entries(value)) {
		if (inner === null) continue;
		if (typeof inner === 'object') {
			const what = Array.isArray(inner) ? 'a list' : 'an object';
			throw new ShellError('failed', `${name}: line ${line}: ${key}: ${what} where one value is wanted`);
		}
		yield [key, String(inner)];
	}
}

/** Cuts the text into its objects, whether commas and brackets or line ends are between them. */
async function* pieces(text: AsyncIterable<string>, name: string): AsyncGenerator<Piece[]> {
	let line = 1;
	let depth = 0;
	let inString = false;
	let escaped = false;
	let begun = '';
	let begunAt = 1;
	for await (const part of text) {
		const found: Piece[] = [];
		let from = 0;
		for (let at = 0; at < part.length; at++) {
			const character = part.charCodeAt(at);
			if (character === newline) line++;
			if (inString) {
				if (escaped) escaped = false;
				else if (character === backslash) escaped = true;
				else if (character === quote) inString = false;
			} else if (depth > 0 && character === quote) inString = true;
			else if (character === opening || (depth > 0 && character === bracket)) {
				if (depth === 0) [from, begunAt] = [at, line];
				depth++;
			} else if (depth > 0 && (character === closing || character === closingBracket)) {
				depth--;
				if (depth === 0) {
					found.push({line: begunAt, text: begun + part.slice(from, at + 1)});
					begun = '';
				}
			} else if (depth === 0 && !between.has(character)) {
				throw new ShellError('failed', `${name}: line ${line}: not an object such as {"time": …, "kW": 1}`);
			}
		}
		if (depth > 0) begun += part.slice(from);
		if (begun.length > longestRow) {
			throw new ShellError(
				'failed',
				`${name}: line ${begunAt}: an object longer than ${longestRow / 1e6} MB`,
			);
		}
		if (found.length > 0) yield found;
	}
	if (depth > 0) throw new ShellError('failed', `${name}: line ${begunAt}: an object that is never closed`);
}

const [newline, quote, backslash, opening, closing, bracket, closingBracket] = Array.from('\n"\\{}[]', it =>
	it.charCodeAt(0),
) as [number, number, number, number, number, number, number];
const between = new Set(Array.from(' \t\r\n,[]', it => it.charCodeAt(0)));
