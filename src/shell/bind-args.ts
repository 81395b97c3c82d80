import type {Args, Command, Spec, Specs} from './command.ts';
import {ShellError} from './errors.ts';
import {type Expanding, expandWord} from './expand.ts';
import type {ParsedArgs} from './parse-args.ts';
import type {ShellWord} from './word.ts';

/** Parsed words as the values a command's `run` gets: globs expanded, counts as numbers. */
export async function bindArgs<A extends Specs>(
	context: Expanding,
	{args}: Pick<Command<A>, 'args'>,
	{words}: Pick<ParsedArgs, 'words'>,
): Promise<Args<A>> {
	const values: Record<string, unknown> = {};
	const assets: string[] = [];
	for (const [key, spec] of Object.entries(args) as [string, Spec][]) {
		values[key] = await bind(context, spec, words.get(key), assets);
	}
	return values as Args<A>;
}

async function bind(
	context: Expanding,
	spec: Spec,
	words: readonly ShellWord[] | undefined,
	/** Named so far in the line: attributes that come after are theirs. */
	assets: string[],
): Promise<unknown> {
	if (spec.kind === 'flag') return words !== undefined;
	const values: string[] = [];
	for (const word of words ?? []) {
		const expanded = spec.pattern ? [word.text] : await expandWord(context, word, spec.kind, assets);
		values.push(...expanded);
		if (spec.kind === 'asset' || spec.kind === 'series') assets.push(...expanded);
	}
	if (!spec.many && values.length > 1) throw tooMany(words![0]!, values);
	const coerced = spec.kind === 'count' ? values.map(Number) : values;
	return spec.many ? coerced : coerced[0];
}

function tooMany({text, start, end}: ShellWord, values: readonly string[]): ShellError {
	const shown = values.slice(0, 5);
	return new ShellError('usage', `${text}: stands for ${values.length} names where one is wanted`, {
		details: values.length > shown.length ? [...shown, '…'] : shown,
		at: {start, end},
	});
}
