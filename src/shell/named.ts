import {ShellError} from './errors.ts';
import {shownWord} from './quote.ts';
import {closest} from './suggest.ts';

/** The one of that id where `id:` is in front, else all of them of that name, else the one of that id. */
export function calledBy<T extends {readonly name: string | null}>(
	things: readonly T[],
	word: string,
	idOf: (thing: T) => string,
): readonly T[] {
	// First: anybody may give theirs a name that looks like the id of another.
	const meant = things.filter(thing => `id:${idOf(thing)}` === word);
	if (meant.length > 0) return meant;
	const named = things.filter(({name}) => name === word);
	return named.length > 0 ? named : things.filter(thing => idOf(thing) === word);
}

type Kind<T> = {
	readonly noun: string;
	/** The command that lists all of them. */
	readonly list: string;
	/** What else could be meant. */
	readonly names: () => readonly string[];
	/** What tells those of one name apart. */
	readonly details: (called: readonly T[]) => readonly string[];
};

/**
 * The one that `word` calls. Throws `ambiguous` where it calls several, `not-found` where none, with the name that may
 * be meant.
 */
export function onlyOne<T>(called: readonly T[], word: string, {noun, list, names, details}: Kind<T>): T {
	if (called.length === 1) return called[0]!;
	if (called.length > 1) {
		throw new ShellError(
			'ambiguous',
			`${shownWord(word)} is ambiguous: ${called.length} ${noun}s bear that name. Name one by id:`,
			{details: details(called)},
		);
	}
	const meant = closest(word, names());
	throw new ShellError('not-found', `${shownWord(word)}: no such ${noun}`, {
		hint: meant === undefined ? `try \`${list}\`` : `did you mean ${meant}?`,
	});
}

/** An id, and what it stands for where that is said. */
export function describeId(id: string, description: string | null | undefined): string {
	return description ? `id:${id}  ${description}` : `id:${id}`;
}
