import type {Style} from './colors.ts';
import {type Lines, linesOf, type Page} from './lines.ts';
import {sanitize} from './sanitize.ts';
import {expandTabs, wrap} from './width.ts';

/** A line of someone's text as screen lines. */
function screenLines(line: string, width: number): string[] {
	const safe = line.includes('\t') ? expandTabs(line.split('\t').map(sanitize).join('\t')) : sanitize(line);
	return wrap(safe, width);
}

/** Lines of text, wrapped, tabs as spaces. One line end at the very end adds no line. */
export function textLines(text: string, page: Page, style?: Style): Lines {
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === '' && lines.length > 1) lines.pop();
	const wrapped = lines.flatMap(line => screenLines(line, page.width));
	return style === undefined ? linesOf(wrapped) : linesOf(wrapped.map(line => page.paint(style, line)));
}

/** Bytes as the text they probably are. */
export function bytesLines(bytes: Uint8Array, page: Page): Lines {
	return textLines(new TextDecoder().decode(bytes), page);
}
