import type {Style} from './colors.ts';
import {type Lines, linesOf, type Page} from './lines.ts';
import {sanitize} from './sanitize.ts';
import {expandTabs, wrap, wrapWords} from './width.ts';

/** Lines of prose, wrapped between words, tabs as spaces. One line end at the very end adds no line. */
export function textLines(text: string, page: Page, style?: Style): Lines {
	return wrapped(text, page, wrapWords, style);
}

/** Text that is someone's data, wrapped at the edge as terminals do: no space of it is lost. */
export function dataLines(text: string, page: Page): Lines {
	return wrapped(text, page, wrap);
}

function wrapped(text: string, {width, paint}: Page, split: typeof wrap, style?: Style): Lines {
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === '' && lines.length > 1) lines.pop();
	const shown = lines.flatMap(line => split(oneLine(line), width));
	return style === undefined ? linesOf(shown) : linesOf(shown.map(line => paint(style, line)));
}

function oneLine(line: string): string {
	return line.includes('\t') ? expandTabs(line.split('\t').map(sanitize).join('\t')) : sanitize(line);
}
