import {
	findNodeAtLocation,
	type JSONPath,
	modify,
	type Node,
	type ParseError,
	parse,
	parseTree,
} from 'jsonc-parser';
import {ShellError} from '../shell/errors.ts';

/** JSON with comments and commas at the end. Throws `config`, naming the line where it ends to be one. */
export function parseRelaxed(file: string, text: string): unknown {
	const errors: ParseError[] = [];
	const value: unknown = parse(text, errors, {allowTrailingComma: true});
	const [error] = errors;
	if (!error) return value;
	throw new ShellError('config', `${file}:${lineAt(text, error.offset)}: not JSON`, {
		hint: 'a comma, a quote or a bracket may be missing there or before it',
	});
}

/** The line of a key, from 1; of the nearest one around it that is there. */
export function lineOf(text: string, path: readonly string[]): number {
	const tree = parseTree(text, [], {allowTrailingComma: true});
	for (let length = path.length; tree && length > 0; length--) {
		const node = findNodeAtLocation(tree, path.slice(0, length));
		// The value's parent holds the key, too.
		if (node) return lineAt(text, (node.parent ?? node).offset);
	}
	return 1;
}

const nothing: Node = {type: 'object', offset: 0, length: 0};

/** The text with some values set, or, undefined, taken out; comments and the rest stay as they are. */
export function edited(
	text: string,
	changes: readonly (readonly [path: JSONPath, value: unknown])[],
): string {
	const formattingOptions = {insertSpaces: false, tabSize: 1, eol: '\n'};
	let result = text.trim() === '' ? '{}' : text;
	for (const [path, value] of changes) {
		const isThere = findNodeAtLocation(parseTree(result) ?? nothing, path) !== undefined;
		if (value === undefined && !isThere) continue;
		// From the last one on, so that the places of the others stay good.
		const edits = modify(result, path, value, {formattingOptions}).toSorted((a, b) => b.offset - a.offset);
		for (const {offset, length, content} of edits) {
			result = result.slice(0, offset) + content + result.slice(offset + length);
		}
	}
	return result.endsWith('\n') ? result : `${result}\n`;
}

function lineAt(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}
