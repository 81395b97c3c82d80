/** ANSI-16 only, so that the terminal's own theme decides; colour is never the only sign of anything. */
const codes = {
	bold: [1, 22],
	dim: [2, 22],
	underline: [4, 24],
	inverse: [7, 27],
	red: [31, 39],
	green: [32, 39],
	yellow: [33, 39],
	blue: [34, 39],
	cyan: [36, 39],
} as const;

/** What a text on the screen is; the table below says how it looks. */
export type Role =
	| 'program'
	| 'status'
	| 'work'
	| 'store'
	| 'path'
	| 'suggestion'
	| 'hint'
	| 'match'
	| 'marked'
	| 'directory'
	| 'warning'
	| 'unknown'
	| 'title'
	| 'border'
	| 'border-focused'
	| 'key'
	| 'fresh'
	| 'spark';

const looks: Readonly<Record<Role, readonly (keyof typeof codes)[]>> = {
	program: ['bold', 'cyan'],
	status: [],
	work: ['yellow'],
	store: ['green'],
	path: ['blue'],
	suggestion: ['dim'],
	hint: ['dim'],
	match: ['bold'],
	marked: ['inverse'],
	directory: ['blue'],
	warning: ['yellow'],
	unknown: ['red'],
	title: ['bold'],
	border: ['dim'],
	'border-focused': ['cyan'],
	key: ['bold'],
	fresh: ['bold'],
	spark: ['cyan'],
};

/** Colours a text by its role, or leaves it alone. */
export type Paint = (role: Role, text: string) => string;

export function theme(color: boolean): Paint {
	if (!color) return (_role, text) => text;
	return (role, text) => {
		let painted = text;
		if (text === '') return text;
		for (const name of looks[role]) painted = `\u001b[${codes[name][0]}m${painted}\u001b[${codes[name][1]}m`;
		return painted;
	};
}
