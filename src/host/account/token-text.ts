import {ShellError} from '../../shell/errors.ts';

/** Longer than any token; what is longer is some other file. */
const longest = 16_384;

/**
 * The token in a text, without the blanks and the line end around it. Throws `config` for what cannot be
 * one, without showing any of it; `about` names where it came from.
 */
export function tokenIn(text: string, about: string): string {
	const token = text.trim();
	if (token === '') throw new ShellError('config', `${about}: holds no token`);
	if (token.length > longest || !/^[\x21-\x7e]+$/.test(token)) {
		throw new ShellError('config', `${about}: not a token`, {hint: 'it is one word and nothing else'});
	}
	return token;
}
