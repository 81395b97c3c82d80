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
	const specs = Object.entries(args) as [string, Spec][];
	let surplus: readonly string[] = [];
	for (const [at, [key, spec]] of specs.entries()) {
		if (spec.kind === 'flag') {
			values[key] = words.has(key);
			continue;
		}
		const given = words.get(key) ?? [];
		const bound = [...surplus, ...(await expandAll(context, spec, given, assets))];
		surplus = takesMore(spec, specs[at + 1]?.[1]) ? bound.splice(1) : [];
		if (!spec.many && bound.length > 1) throw tooMany(given[0]!, bound);
		const coerced = spec.kind === 'count' ? bound.map(Number) : bound;
		values[key] = spec.many ? coerced : coerced[0];
	}
	return values as Args<A>;
}

async function expandAll(
	context: Expanding,
	spec: Spec,
	words: readonly ShellWord[],
	/** Named so far in the line: attributes that come after are theirs. */
	assets: string[],
): Promise<readonly string[]> {
	const values: string[] = [];
	for (const word of words) {
		const expanded = spec.pattern ? [word.text] : await expandWord(context, word, spec.kind, assets);
		values.push(...expanded);
		if (spec.kind === 'asset' || spec.kind === 'series') assets.push(...expanded);
	}
	return values;
}

/** Whether what is too much for one argument is for the next: `plot Sea*` is `plot 'Sea 1' 'Sea 2'`. */
function takesMore(spec: Spec, next: Spec | undefined): boolean {
	return !spec.many && !spec.option && next?.many === true && !next.option && next.kind === spec.kind;
}

function tooMany({text, start, end}: ShellWord, values: readonly string[]): ShellError {
	const shown = values.slice(0, 5);
	return new ShellError('usage', `${text}: stands for ${values.length} names where one is wanted`, {
		details: values.length > shown.length ? [...shown, '…'] : shown,
		at: {start, end},
	});
}
