import type {Piece} from './rewrite/rewrite.ts';
import type {Token} from './tokens.ts';

/** A rewritten query as text, whose bytes lead back to the tokens they stand for. */
export type Rewritten = {
	readonly text: string;
	/** Index of the piece at `byte`. */
	readonly pieceAt: (byte: number) => number;
	/** Where in the query stands what is at `byte`: its token. */
	readonly tokenAt: (byte: number) => Token;
};

/** Joins `pieces`; at least one. */
export function joinPieces(pieces: readonly Piece[]): Rewritten {
	const starts: number[] = [];
	let length = 0;
	for (const {text} of pieces) {
		starts.push(length);
		length += Buffer.byteLength(text) + 1;
	}
	const pieceAt = (byte: number) => {
		let [low, high] = [0, starts.length - 1];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if (starts[middle]! <= byte) low = middle;
			else high = middle - 1;
		}
		return low;
	};
	return {
		text: pieces.map(({text}) => text).join(' '),
		pieceAt,
		tokenAt: byte => pieces[pieceAt(byte)]!.token,
	};
}
