import {ShellError} from '../../../shell/errors.ts';
import {type FileRow, longestAsset, longestRow, type Reading} from './row.ts';
import {isOfSeries, type JsonObject, seriesRows} from './series-rows.ts';

/** One object of the text as it is written there. */
type Piece = {readonly line: number; readonly text: string};

/**
 * The rows of a JSON text: an array of objects, or objects one after the other (JSON lines). Their keys are
 * the columns; null is a missing cell; numbers stay as they are written. Samples as `data --json` and `export`
 * write them are joined by time. Throws, with the line, for what is no JSON, no object, or has a list or an
 * object for a value.
 */
export async function readJson(text: AsyncIterable<string>, name: string): Promise<Reading> {
	const all = objects(text, name);
	const begun = await all.next();
	const first = begun.done ? [] : begun.value;
	async function* whole() {
		yield first;
		yield* all;
	}
	return first[0] && isOfSeries(first[0]) ? seriesRows(whole(), name) : plainRows(whole(), name);
}

function plainRows(all: AsyncIterable<readonly JsonObject[]>, name: string): Reading {
	const columns: string[] = [];
	const places = new Map<string, number>();
	const place = (key: string) => {
		const known = places.get(key);
		if (known !== undefined) return known;
		places.set(key, columns.length);
		return columns.push(key) - 1;
	};
	async function* rows(): AsyncGenerator<readonly FileRow[]> {
		for await (const found of all) {
			if (found.length === 0) continue;
			yield found.map(object => {
				const cells: string[] = [];
				for (const [key, cell] of cellsOf(object, name)) cells[place(key)] = cell;
				return {line: object.line, cells: Array.from(columns, (_, index) => cells[index] ?? '')};
			});
		}
	}
	return {columns, rows: rows()};
}

function* cellsOf({line, value}: JsonObject, name: string): Generator<[key: string, cell: string]> {
	for (const [key, inner] of Object.entries(value)) {
		if (inner === null) continue;
		if (typeof inner === 'object') {
			const what = Array.isArray(inner) ? 'a list' : 'an object';
			throw new ShellError('failed', `${name}: line ${line}: ${key}: ${what} where one value is wanted`);
		}
		yield [key, String(inner)];
	}
}

async function* objects(text: AsyncIterable<string>, name: string): AsyncGenerator<readonly JsonObject[]> {
	for await (const found of pieces(text, name)) yield found.map(piece => parsed(piece, name));
}

/** A number, maybe, of more digits than a double holds. */
const longNumber = /[:[,]\s*-?[\d.]{16}/;

/** Numbers are the texts they are written as: more digits than a double holds are not lost. */
function exact(text: string) {
	return JSON.parse(text, (_key, inner: unknown, context?: {readonly source?: string}) =>
		typeof inner === 'number' ? (context?.source ?? String(inner)) : inner,
	);
}

function parsed({line, text}: Piece, name: string): JsonObject {
	try {
		// Asking for each number is slow where there are a million samples, whose values are texts.
		const value = text.length > longestRow && !longNumber.test(text) ? JSON.parse(text) : exact(text);
		return {line, value};
	} catch (thrown) {
		throw new ShellError('failed', `${name}: line ${line}: not JSON`, {cause: thrown});
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
	let limit = longestRow;
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
		if (begun.length <= longestRow) limit = longestRow;
		else if (limit === longestRow && exported.test(begun.slice(0, longestRow))) limit = longestAsset;
		if (begun.length > limit) {
			const message = `${name}: line ${begunAt}: an object longer than ${limit / 1e6} MB`;
			throw new ShellError('failed', message, {
				...(limit === longestAsset && {hint: '`export --format csv` writes what can be longer'}),
			});
		}
		if (found.length > 0) yield found;
	}
	if (depth > 0) throw new ShellError('failed', `${name}: line ${begunAt}: an object that is never closed`);
}

/** How an asset of an export begins. */
const exported = /^\{[^[{]*"attributes"\s*:\s*\[/;

const [newline, quote, backslash, opening, closing, bracket, closingBracket] = Array.from('\n"\\{}[]', it =>
	it.charCodeAt(0),
) as [number, number, number, number, number, number, number];
const between = new Set(Array.from(' \t\r\n,[]', it => it.charCodeAt(0)));
