/**
 * Short ways for text whose every UTF-16 unit is one column wide: Latin, Greek, Cyrillic, arrows, box
 * drawing, blocks and braille, with simple colour sequences between. Ink measures and splits every
 * line of the screen again at each frame; for these lines it need not ask Unicode.
 */
const units =
	'\\u0020-\\u007e\\u00a1-\\u00a8\\u00aa-\\u00ac\\u00af-\\u02ff\\u0370-\\u0377\\u0384-\\u0386\\u0388-\\u0482\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u203b\\u2190-\\u2193\\u21e1\\u21e3\\u2500-\\u25fc\\u2800-\\u28ff';
const attribute = '(?![345]8[;m])\\d{1,2}';
const color = `\\u001b\\[(?:${attribute}(?:;${attribute})*|[34]8;5;\\d{1,3}|[34]8;2;\\d{1,3};\\d{1,3};\\d{1,3})m`;
const pattern = new RegExp(`^(?:[\\n${units}]|${color})*$`);
const invisible = new RegExp(`${color}|\\n`, 'g');
const escapeUnit = 0x1b;

/** True for strings that the two functions below may take. */
export function isNarrow(text: unknown): text is string {
	return typeof text === 'string' && pattern.test(text);
}

/** What string-width answers for a narrow text, in columns. */
export function narrowWidth(text: string): number {
	return text.replace(invisible, '').length;
}

type Token =
	| {readonly type: 'char'; readonly value: string; readonly fullWidth: false}
	| {readonly type: 'ansi'; readonly code: string; readonly endCode: string};

const characters = new Map<string, Token>();

/** What ansi-tokenize answers for a narrow text. Character tokens are shared: do not change them. */
export function narrowTokens(text: string, endCodeOf: (code: string) => string): Token[] {
	const tokens: Token[] = [];
	for (let index = 0; index < text.length; index++) {
		if (text.charCodeAt(index) === escapeUnit) {
			const end = text.indexOf('m', index);
			for (const code of codesOf(text.slice(index, end + 1))) {
				tokens.push({type: 'ansi', code, endCode: endCodeOf(code)});
			}
			index = end;
			continue;
		}
		const value = text[index]!;
		let token = characters.get(value);
		if (!token) {
			token = {type: 'char', value, fullWidth: false};
			characters.set(value, token);
		}
		tokens.push(token);
	}
	return tokens;
}

/** `1;34` sets two attributes, and a token is one; `38;5;12` is one. */
function codesOf(code: string): readonly string[] {
	if (!code.includes(';') || /^.\[[34]8/.test(code)) return [code];
	return code
		.slice(2, -1)
		.split(';')
		.map(attribute => `\u001b[${attribute}m`);
}
