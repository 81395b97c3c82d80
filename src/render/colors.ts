const codes = {
	bold: [1, 22],
	dim: [2, 22],
	red: [31, 39],
	yellow: [33, 39],
	directory: ['1;34', '22;39'],
	cyan: [36, 39],
	magenta: [35, 39],
	green: [32, 39],
	blue: [34, 39],
} as const;

export type Style = keyof typeof codes;
/** Colours a text, or leaves it alone when colour is off. */
export type Paint = (style: Style | undefined, text: string) => string;

const plain: Paint = (_style, text) => text;
const ansi: Paint = (style, text) => {
	if (style === undefined || text === '') return text;
	return `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;
};

/** ANSI-16 colours, which every theme can set; colour is never the only sign of anything. */
export function painter(color: boolean): Paint {
	return color ? ansi : plain;
}
