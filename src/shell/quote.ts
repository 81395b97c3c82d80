/** Characters that mean nothing to the shell, wherever they stand in a word. */
const plainWord = /^[\p{L}\p{M}\p{N}_@%+=:,./~^-]+$/u;

/** What a terminal would act on or hide: C0, C1, bidi and zero-width controls, lone surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
/** A joiner within one emoji, such as 👩‍🔬, which is seen as a whole. */
const joiner =
	/(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})/gu;

/**
 * `text` as it has to be typed to mean itself, printable whatever it holds: bare where that is enough,
 * else in single quotes, in double quotes around an apostrophe, or as `$'\n'` with escapes.
 */
export function quoteWord(text: string): string {
	if (text === '') return "''";
	if (!isPrintable(text)) return `$'${escapeUnprintable(text)}'`;
	if (plainWord.test(text)) return text;
	if (!text.includes("'")) return `'${text}'`;
	if (!/["\\$`]/.test(text)) return `"${text}"`;
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether `quoteWord` leaves `text` as it is. */
export function isPlainWord(text: string): boolean {
	return plainWord.test(text) && isPrintable(text);
}

/** Whether a terminal shows all of `text` and acts on none of it. */
export function isPrintable(text: string): boolean {
	return !unprintable.test(text) || !unprintable.test(text.replace(joiner, ''));
}

/** A word as an error names it: `''` where nothing of it would be seen. */
export function shownWord(text: string): string {
	return text.trim() === '' ? quoteWord(text) : text;
}

function escapeUnprintable(text: string): string {
	let escaped = '';
	for (const character of text) {
		const code = character.codePointAt(0)!;
		if (character === '\n') escaped += '\\n';
		else if (character === '\r') escaped += '\\r';
		else if (character === '\t') escaped += '\\t';
		else if (character === "'" || character === '\\') escaped += `\\${character}`;
		else if (!unprintable.test(character)) escaped += character;
		else if (code > 0xffff) escaped += `\\U${code.toString(16).padStart(8, '0')}`;
		else if (code > 0xff) escaped += `\\u${code.toString(16).padStart(4, '0')}`;
		else escaped += `\\x${code.toString(16).padStart(2, '0')}`;
	}
	return escaped;
}
