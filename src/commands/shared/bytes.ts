const newline = 10;

/** Whether bytes look like something other than text: zeros, or more than a few that no text holds. */
export function isBinary(bytes: Uint8Array): boolean {
	const sample = bytes.subarray(0, 8192);
	if (encodingOf(sample) !== 'utf-8') return false;
	let strange = 0;
	for (const byte of sample) {
		if (byte === 0) return true;
		if (byte < 32 && !(byte >= 7 && byte <= 13) && byte !== 27) strange++;
	}
	// Text of an old 8-bit encoding has some of these, a compressed stream has many.
	const unreadable = new TextDecoder().decode(sample, {stream: true}).split('\ufffd').length - 1;
	return strange + unreadable > sample.length / 8;
}

/** UTF-8 unless a byte order mark says otherwise. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The length of `bytes` without a UTF-8 character that is cut off at the end. */
export function wholeCharacters(bytes: Uint8Array): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back]!;
		if ((byte & 0xc0) === 0x80) continue;
		const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
		return wanted > back ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}

/** How many bytes at the start belong to a UTF-8 character whose beginning is cut off. */
export function cutCharacter(bytes: Uint8Array): number {
	let count = 0;
	while (count < 3 && count < bytes.length && (bytes[count]! & 0xc0) === 0x80) count++;
	return count;
}

/** Where the first `lines` lines end, and how many there are, `lines` at most. */
export function endOfLines(bytes: Uint8Array, lines: number): {readonly end: number; readonly found: number} {
	let end = 0;
	for (let found = 0; found < lines; found++) {
		const next = bytes.indexOf(newline, end);
		if (next === -1) return {end: bytes.length, found};
		end = next + 1;
	}
	return {end, found: lines};
}

/**
 * Where the last `lines` line ends before `from` are passed, going back: the index behind the last one
 * passed, or -1 and how many there were.
 */
export function startOfLines(
	bytes: Uint8Array,
	lines: number,
	from = bytes.length,
): {readonly start: number; readonly found: number} {
	let before = from;
	for (let found = 0; found < lines; found++) {
		const next = before > 0 ? bytes.lastIndexOf(newline, before - 1) : -1;
		if (next === -1) return {start: -1, found};
		before = next;
	}
	return {start: before + 1, found: lines};
}
