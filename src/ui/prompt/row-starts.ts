import {sanitize} from '../../render/sanitize.ts';
import {textWidth} from '../../render/width.ts';
import {nextGrapheme} from '../state/graphemes.ts';

/** Where a row of a wrapped text begins: the index of its first unit, and the columns taken before it. */
export type RowStart = {readonly index: number; readonly column: number};

/** The rows of a text, in order; laid out only as far as they are asked for. */
export type RowStarts = {
	/** Undefined behind the last one. */
	readonly at: (row: number) => RowStart | undefined;
	/** The row that a place in the text is in. */
	readonly rowOf: (index: number) => number;
};

/** Wraps a text at a width; `first`: columns taken in the first row. */
export type Wrap = (text: string, width: number, first: number) => RowStarts;

/** Before the rows of a text that begin behind a line end. */
export const continuation = '> ';

/** What of a grapheme is shown, nothing for a line end. */
export function shownOf(grapheme: string): string {
	return grapheme === '\n' || grapheme === '\r\n' ? '' : sanitize(grapheme);
}

/** Wraps one text after the other: of a text that has changed only what stands behind the change. */
export function createWrap(): Wrap {
	let known = {text: '', width: 0, first: 0};
	let starts: RowStart[] = [];
	let isWhole = false;

	/** Adds the next row, or finds that there is none. */
	const extend = () => {
		const {text, width} = known;
		let {index, column} = starts.at(-1)!;
		while (index < text.length) {
			const end = nextGrapheme(text, index);
			const shown = shownOf(text.slice(index, end));
			const columns = textWidth(shown);
			if (column + columns > width && column > 0) return void starts.push({index, column: 0});
			if (shown === '') return void starts.push({index: end, column: continuation.length});
			column += columns;
			index = end;
		}
		isWhole = true;
		// A caret behind the last column stands on the next row.
		if (column >= width) starts.push({index, column: 0});
	};

	return (text, width, first) => {
		if (starts.length === 0 || known.width !== width || known.first !== first) {
			starts = [{index: 0, column: first}];
			isWhole = false;
		} else if (known.text !== text) {
			const same = commonLength(known.text, text);
			const changed = starts.findLastIndex(({index}) => index < same);
			// What is new may join with what stands before it, and reach into the row before.
			starts.length = Math.max(1, changed);
			isWhole = false;
		}
		known = {text, width, first};
		const at = (row: number) => {
			while (!isWhole && starts.length <= row) extend();
			return starts[row];
		};
		return {
			at,
			rowOf: index => {
				while (!isWhole && starts.at(-1)!.index <= index) extend();
				return starts.findLastIndex(start => start.index <= index);
			},
		};
	};
}

/** Units that two texts begin with in common. */
function commonLength(one: string, other: string): number {
	const shorter = Math.min(one.length, other.length);
	let same = 0;
	while (same < shorter && one.charCodeAt(same) === other.charCodeAt(same)) same++;
	return same;
}
