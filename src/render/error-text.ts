import type {Output} from '../shell/command.ts';
import {sanitize} from './sanitize.ts';
import {textWidth} from './width.ts';

type ErrorOutput = Extract<Output, {kind: 'error'}>;

const indent = '     ';

/**
 * `verb: message (hint)`, then the details, then the line with a caret under the word where the error
 * says which one and the line has others. One line each, sanitised; `width` keeps the word in sight.
 */
export function errorLines(output: ErrorOutput, width: number): readonly string[] {
	const {verb, error} = output;
	const start = verb === undefined ? '' : `${sanitize(verb)}: `;
	const hint = error.hint === undefined ? '' : ` (${sanitize(error.hint)})`;
	return [
		`${start}${sanitize(error.message)}${hint}`,
		...error.details.map(detail => indent + sanitize(detail)),
		...caretLines(output, width - indent.length).map(line => indent + line),
	];
}

/** The whole error as text, lines of any length, without a line end. */
export function errorText(output: ErrorOutput): string {
	return errorLines(output, Number.POSITIVE_INFINITY).join('\n');
}

function caretLines({error: {at}, line}: ErrorOutput, width: number): string[] {
	if (at === undefined || line === undefined || at.start >= at.end) return [];
	const before = line.slice(0, at.start);
	const word = line.slice(at.start, at.end);
	const after = line.slice(at.end);
	if (before.trim() === '' && after.trim() === '') return [];
	const [left, marked] = [sanitize(before), sanitize(word)];
	const whole = left + marked + sanitize(after);
	const caret = ' '.repeat(textWidth(left)) + '^'.repeat(Math.max(1, textWidth(marked)));
	if (textWidth(whole) <= width) return [whole, caret];
	if (textWidth(marked) > width) return [];
	return [marked, '^'.repeat(textWidth(marked))];
}
