const clean = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]*$/;

/**
 * What a terminal would obey or not show: controls, bidirectional overrides, invisible characters, lone
 * surrogates. Joiners stay where a script or an emoji needs them, a variation selector behind an emoji too.
 */
const emoji = '(?<=\\p{Extended_Pictographic}|\\p{Emoji_Modifier})';
const kept = [
	`${emoji}\\ufe0f?\\u200d(?=\\p{Extended_Pictographic})`,
	`${emoji}\\ufe0f`,
	'(?<=[\\p{Script=Arabic}\\p{M}])[\\u200c\\u200d](?=[\\p{Script=Arabic}\\p{L}])',
].join('|');
const hidden =
	'[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Bidi_Control}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]';

let pattern: RegExp | undefined;

const short: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

function visible(character: string): string {
	const code = character.codePointAt(0)!;
	if (code < 0x100) return short[character] ?? `\\x${code.toString(16).padStart(2, '0')}`;
	const digits = code.toString(16).padStart(4, '0');
	return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
}

/** `text` on one line, harmless: every control or invisible character as a visible escape such as `\x1b`. */
export function sanitize(text: string): string {
	if (clean.test(text)) return text;
	pattern ??= new RegExp(`(${kept})|(${hidden})`, 'gu');
	return text.replace(pattern, (match, keep: string | undefined) =>
		keep === undefined ? visible(match) : match,
	);
}

/** The same for text of many lines: line ends (also `\r\n`) and tabs stay as they are. */
export function sanitizeLines(text: string): string {
	return text
		.split(/\r?\n/)
		.map(line => line.split('\t').map(sanitize).join('\t'))
		.join('\n');
}

/** What a terminal would obey, but for tabs and line ends. */
const obeyed = /[^\t\n\r\u0020-\u007e\u00a0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\uffff]/g;

/** The same for data that programs read: only what a terminal would obey is escaped, line ends stay. */
export function escapeObeyed(text: string): string {
	return clean.test(text) ? text : text.replace(obeyed, visible);
}
