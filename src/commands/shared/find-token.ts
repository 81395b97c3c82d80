import {ShellError} from '../../shell/errors.ts';
import {shownWord} from '../../shell/quote.ts';
import type {Token} from '../../shell/sharing.ts';
import {closest} from '../../shell/suggest.ts';

/** The token of that name, or `id:`. Throws `not-found`, `ambiguous`. */
export function findToken(tokens: readonly Token[], word: string): Token {
	const found = tokens.filter(({tokenId, name}) => name === word || `id:${tokenId}` === word);
	if (found.length > 1) {
		throw new ShellError('ambiguous', `${word}: ${found.length} tokens bear that name`, {
			hint: 'name one by id',
			details: found.map(({tokenId, dateCreated}) => `id:${tokenId}  created ${dateCreated}`),
		});
	}
	if (found[0]) return found[0];
	const meant = closest(
		word,
		tokens.map(({name}) => name),
	);
	throw new ShellError('not-found', `${shownWord(word)}: no such token`, {
		hint: meant === undefined ? '`tokens` lists them' : `did you mean ${meant}?`,
	});
}

/** `at` is epoch, ms. */
export function isExpired({dateExpires}: Token, at: number): boolean {
	return Date.parse(dateExpires) <= at;
}
