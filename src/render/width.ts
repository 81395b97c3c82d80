import stringWidth from 'string-width';

const narrow = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2500-\u257f]*$/;
let segmenter: Intl.Segmenter | undefined;

/** Columns that sanitised, uncoloured text takes. */
export function textWidth(text: string): number {
	return narrow.test(text) ? text.length : stringWidth(text);
}

/** The longest beginning of `text` in at most `width` columns, whole graphemes only. */
function beginning(text: string, width: number): string {
	if (narrow.test(text)) return text.slice(0, width);
	segmenter ??= new Intl.Segmenter();
	let columns = 0;
	let end = 0;
	for (const {segment, index} of segmenter.segment(text)) {
		columns += stringWidth(segment);
		if (columns > width) break;
		end = index + segment.length;
	}
	return text.slice(0, end);
}

/** `text` in at most `width` columns; what does not fit ends in `…`. */
export function truncate(text: string, width: number): string {
	if (textWidth(text) <= width) return text;
	return width < 1 ? '' : `${beginning(text, width - 1)}…`;
}

/** `text` truncated and filled with spaces to exactly `width` columns. */
export function padded(text: string, width: number, side: 'left' | 'right' = 'left'): string {
	const cut = truncate(text, width);
	const fill = ' '.repeat(width - textWidth(cut));
	return side === 'left' ? cut + fill : fill + cut;
}

/** A line as lines of at most `width` columns, split between graphemes; a blank line stays one. */
export function wrap(line: string, width: number): string[] {
	if (textWidth(line) <= width) return [line];
	const lines: string[] = [];
	if (narrow.test(line)) {
		for (let start = 0; start < line.length; start += width) lines.push(line.slice(start, start + width));
		return lines;
	}
	segmenter ??= new Intl.Segmenter();
	let current = '';
	let columns = 0;
	for (const {segment} of segmenter.segment(line)) {
		const needed = stringWidth(segment);
		if (columns + needed > width && current !== '') {
			lines.push(current);
			current = '';
			columns = 0;
		}
		// A grapheme wider than the whole screen.
		current += needed > width ? '?' : segment;
		columns += Math.min(needed, width);
	}
	return [...lines, current];
}

/** The same, split between words where it can be; the spaces there are left out. */
export function wrapWords(line: string, width: number): string[] {
	if (textWidth(line) <= width) return [line];
	const lines: string[] = [];
	let current = '';
	let spaces = '';
	for (const part of line.split(/( +)/)) {
		if (part.startsWith(' ')) {
			spaces = part;
		} else if (textWidth(current) + spaces.length + textWidth(part) <= width) {
			current += spaces + part;
			spaces = '';
		} else {
			if (current !== '') lines.push(current);
			const pieces = wrap(part, width);
			current = pieces.pop() ?? '';
			lines.push(...pieces);
			spaces = '';
		}
	}
	return current === '' ? lines : [...lines, current];
}

const tabStop = 8;

/** Tabs as spaces up to the next stop of eight. */
export function expandTabs(line: string): string {
	if (!line.includes('\t')) return line;
	return line.split('\t').reduce((before, part) => {
		return before + ' '.repeat(tabStop - (textWidth(before) % tabStop)) + part;
	});
}
