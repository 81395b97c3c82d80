import type {Paint, Style} from './colors.ts';

/** A drawing of dots, two by four to a character, each character in the style of who drew there last. */
export type Canvas = {
	/** In dots. */
	readonly width: number;
	readonly height: number;
	/** From one dot to another, in whole dots from the top left; what lies outside is left out. */
	readonly line: (fromX: number, fromY: number, toX: number, toY: number, style: Style) => void;
	/** A character of its own in place of the dots around that one. */
	readonly mark: (x: number, y: number, character: string, style: Style) => void;
	readonly row: (index: number, paint: Paint) => string;
};

/** The bit of a dot in its character, by row and column: U+2800 and the bits after it. */
const bits = [
	[0x01, 0x08],
	[0x02, 0x10],
	[0x04, 0x20],
	[0x40, 0x80],
] as const;

/** An empty drawing of so many characters. */
export function brailleCanvas(columns: number, rows: number): Canvas {
	const dots = new Uint8Array(columns * rows);
	const styles: (Style | undefined)[] = new Array(columns * rows);
	const marks = new Map<number, string>();
	const cellOf = (x: number, y: number) => (y >> 2) * columns + (x >> 1);
	const isInside = (x: number, y: number) => x >= 0 && y >= 0 && x < columns * 2 && y < rows * 4;
	const dot = (x: number, y: number, style: Style) => {
		if (!isInside(x, y)) return;
		const cell = cellOf(x, y);
		dots[cell]! |= bits[y & 3]![x & 1]!;
		styles[cell] = style;
	};

	return {
		width: columns * 2,
		height: rows * 4,
		line: (fromX, fromY, toX, toY, style) => {
			const steps = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY), 1);
			for (let step = 0; step <= steps; step++) {
				const share = step / steps;
				dot(Math.round(fromX + (toX - fromX) * share), Math.round(fromY + (toY - fromY) * share), style);
			}
		},
		mark: (x, y, character, style) => {
			if (!isInside(x, y)) return;
			marks.set(cellOf(x, y), character);
			styles[cellOf(x, y)] = style;
		},
		row: (index, paint) => {
			let line = '';
			let run = '';
			let style: Style | undefined;
			for (let cell = index * columns; cell < (index + 1) * columns; cell++) {
				const drawn = dots[cell] ?? 0;
				const character = marks.get(cell) ?? (drawn > 0 ? String.fromCodePoint(0x2800 + drawn) : ' ');
				if (styles[cell] !== style && character !== ' ') {
					line += paint(style, run);
					run = '';
					style = styles[cell];
				}
				run += character;
			}
			return (line + paint(style, run.trimEnd())).trimEnd();
		},
	};
}
