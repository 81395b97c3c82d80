import {badRequest} from '../graphql/resolver-error.ts';

const maxLength = 1024;

/** Throws unless `name` can name something. Any characters will do: names on the Exchange are free text. */
export function checkName(what: string, name: string): void {
	if (name === '') throw badRequest(`${what} needs a name`);
	if (name.length > maxLength) throw badRequest(`A name has at most ${maxLength} characters`);
}
