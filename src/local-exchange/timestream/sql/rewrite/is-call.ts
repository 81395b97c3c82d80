import type {Token} from '../tokens.ts';
import {functions} from './functions.ts';
import {keywords} from './keywords.ts';
import {closeOf, isMark, isWord} from './writer.ts';

/** Whether the name at `at`, a parenthesis behind it, calls a function rather than names columns or a clause. */
export function isCall(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at]!;
	if (isMark(tokens[at - 1], '.')) return true;
	if (token.kind === 'word') {
		if (token.value === 'filter' && isWord(tokens[at + 2], 'where')) return false;
		if (!functions.has(token.value) && token.value !== 'unnest' && keywords.has(token.value)) return false;
	}
	const before = tokens[at - 1];
	if (before === undefined || isMark(before, ')') || before.kind === 'quoted' || isWord(before, 'as'))
		return false;
	if (before.kind === 'word' && !keywords.has(before.value)) return false;
	// `WITH name (column) AS (`
	const close = closeOf(tokens, at + 1);
	return close === undefined || !(isWord(tokens[close + 1], 'as') && isMark(tokens[close + 2], '('));
}
