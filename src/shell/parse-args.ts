import type {Command, Format, Spec} from './command.ts';
import {ShellError} from './errors.ts';
import {common, expands, type Option, optionsOf, type Positional, positionalsOf} from './options.ts';
import {parseAge, parseSize} from './quantities.ts';
import {quoteWord, shownWord} from './quote.ts';
import {closest} from './suggest.ts';
import {parseDuration, parseMoment} from './time-range.ts';
import {placeholder, usageOf} from './usage.ts';
import type {ShellWord} from './word.ts';

/** The words that each argument got, before globs expand. Flags that are set have an empty list. */
export type ParsedArgs = {
	readonly words: ReadonlyMap<string, readonly ShellWord[]>;
	/** What `--json` or `--csv` asks for. */
	readonly format: Format | undefined;
	readonly help: boolean;
};

/**
 * Sorts the words after the verb by the command's specs: `-la`, `-n5`, `-n 5`, `-5` (for `-n 5`),
 * `--name=value`, `--name value`, `-name value`; `--` ends the options; `-` is a word. The last of a
 * repeated option counts. Throws `usage` with the place in the line.
 */
export function parseArgs(command: Command, args: readonly ShellWord[]): ParsedArgs {
	const own = optionsOf(command);
	// A command may give -h or --json a meaning of its own.
	const options = [...own, ...common.filter(({long}) => !own.some(option => option.long === long))];
	const values = new Map<string, ShellWord[]>();
	const positionals: ShellWord[] = [];
	const rest = args.values();

	const take = ({key, long, spec}: Option, form: string, word: ShellWord, value: ShellWord | undefined) => {
		if (spec.kind === 'flag') {
			if (value) throw usage(command, `--${long} takes no value`, word);
			values.set(key, []);
			return;
		}
		const given = value ?? rest.next().value;
		if (!given) throw usage(command, `${form} needs a value`, word);
		check(command, given, spec, form);
		values.set(key, spec.many ? [...(values.get(key) ?? []), given] : [given]);
	};

	for (const word of rest) {
		if (word.text === '--') {
			positionals.push(...rest);
		} else if (word.text.startsWith('--')) {
			const [name = ''] = word.text.slice(2).split('=', 1);
			const option = options.find(({long}) => long === name);
			if (!option) throw unknown(command, options, `--${name}`, word);
			const hasValue = word.text.length > name.length + 2;
			take(option, `--${name}`, word, hasValue ? after(word, name.length + 3) : undefined);
		} else if (word.text.startsWith('-') && word.text !== '-') {
			const spelled = spelledOut(options, word.text);
			if (spelled) take(spelled, word.text, word, undefined);
			else readLetters(command, options, word, take);
		} else {
			positionals.push(word);
		}
	}
	const asks = (name: string) => values.has(name) && !own.some(({key}) => key === name);
	const [first, ...others] = formats.filter(asks);
	if (others.length > 0) {
		const last = args.findLast(({text}) => text === '--json' || text === '--csv');
		throw usage(command, '--json and --csv cannot go together', last);
	}
	const help = asks('help');
	if (!help) assign(command, positionals, values);
	return {words: values, format: first, help};
}

const formats: readonly Format[] = ['json', 'csv'];

/** `-name`, as find(1) has it: one dash before a whole option whose first letter is none. */
function spelledOut(options: readonly Option[], text: string): Option | undefined {
	const name = text.slice(1);
	if (name.length < 2 || options.some(({spec}) => spec.short === name[0])) return undefined;
	return options.find(({long}) => long === name);
}

function readLetters(
	command: Command,
	options: readonly Option[],
	word: ShellWord,
	take: (option: Option, form: string, word: ShellWord, value: ShellWord | undefined) => void,
): void {
	const count = options.find(
		({spec}) => spec.short === 'n' && (spec.kind === 'count' || spec.kind === 'size'),
	);
	if (count && /^-\d+$/.test(word.text) && !options.some(({spec}) => spec.short === word.text[1])) {
		take(count, '-n', word, after(word, 1));
		return;
	}
	for (let at = 1; at < word.text.length; at++) {
		const letter = word.text[at]!;
		const option =
			options.find(({spec}) => spec.short === letter) ?? options.find(({long}) => long === alsoShort[letter]);
		if (!option) throw unknown(command, options, word.text.length > 2 ? `-${letter}` : word.text, word);
		if (option.spec.kind === 'flag') {
			take(option, `-${letter}`, word, undefined);
			continue;
		}
		take(option, `-${letter}`, word, at + 1 < word.text.length ? after(word, at + 1) : undefined);
		return;
	}
}

/** Letters that people know, where a command has no other meaning for them. */
const alsoShort: Readonly<Record<string, string>> = {h: 'help', R: 'recursive'};

/** The value that is glued to an option, as a word of its own. */
function after(word: ShellWord, length: number): ShellWord {
	// In a pattern a quoted character is two.
	const characters = word.pattern.match(/\\?./gs) ?? [];
	return {...word, text: word.text.slice(length), pattern: characters.slice(length).join('')};
}

function assign(command: Command, words: readonly ShellWord[], values: Map<string, ShellWord[]>): void {
	const specs = positionalsOf(command);
	let next = 0;
	for (const [place, {key, spec}] of specs.entries()) {
		const needed = specs.slice(place + 1).filter(later => !later.spec.optional).length;
		const left = Math.max(0, words.length - next - needed);
		const taken = words.slice(next, next + (spec.many ? left : Math.min(1, spec.optional ? left : 1)));
		const after = specs[place + 1];
		const [only, another] = spec.choices ?? [];
		if (after && only !== undefined && another === undefined && taken[0]?.text !== only) {
			throw what(command, only, after, words.slice(next));
		}
		if (taken.length === 0 && !spec.optional) {
			throw usage(command, `${placeholder(key, spec).replace('…', '')} is missing`, words.at(-1));
		}
		for (const word of taken) check(command, word, spec, placeholder(key, spec).replace('…', ''));
		if (taken.length > 0) values.set(key, taken);
		next += taken.length;
	}
	const extra = words[next];
	if (!extra) return;
	// `use Campus study`
	const last = specs.at(-1)?.spec.kind;
	const quoted = quoteWord(words.map(({text}) => text).join(' '));
	const isName = specs.length === 1 && (last === 'store' || last === 'database' || expands(last!));
	throw usage(command, `${extra.text}: one argument too many`, extra, isName ? quoted : undefined);
}

function check(command: Command, word: ShellWord, spec: Spec, form: string): void {
	const {text} = word;
	const reads = readers[spec.kind];
	if (reads && !reads(text))
		throw usage(command, `${form}: ${shownWord(text)} is not ${wanted[spec.kind]}`, word);
	if (spec.choices && !spec.choices.includes(text)) {
		const meant = closest(text, spec.choices);
		throw usage(command, `${form}: ${shownWord(text)} is none of ${spec.choices.join(', ')}`, word, meant);
	}
}

/** `create Microgrid` or `create databas Microgrid`, where it has to be `create database Microgrid`. */
function what(
	{name: verb}: Command,
	choice: string,
	after: Positional,
	[word, ...rest]: readonly ShellWord[],
): ShellError {
	const isSlip = word !== undefined && closest(word.text, [choice]) !== undefined;
	const left = word && !isSlip && rest.length === 0 ? [word] : isSlip ? rest : [];
	const names =
		left.length > 0 ? left.map(({text}) => quoteWord(text)) : [placeholder(after.key, after.spec)];
	const line = `\`${[verb, choice, ...names].join(' ')}\``;
	return new ShellError('usage', word ? `${shownWord(word.text)}: ${verb} what?` : `${verb} what?`, {
		hint: isSlip ? `did you mean ${line}?` : `try ${line}`,
		...(word && {at: {start: word.start, end: word.end}}),
	});
}

/** Whether a text is of a kind that not every text is. */
const readers: Partial<Record<Spec['kind'], (text: string) => boolean>> = {
	count: text => /^\d+$/.test(text) && Number.isSafeInteger(Number(text)),
	size: text => parseSize(text) !== undefined,
	age: text => parseAge(text) !== undefined,
	time: text => parseMoment(text, Date.now()) !== undefined,
	duration: text => parseDuration(text) !== undefined,
};

const wanted: Partial<Record<Spec['kind'], string>> = {
	count: 'a whole number of 0 or more',
	size: 'a size such as 10k or +1M',
	age: 'an age such as 2d or +1h',
	time: "a time such as 24h, yesterday, 2026-01-01 or '2026-01-01 14:30'",
	duration: 'a duration such as 15m, 24h or 7d',
};

function unknown(command: Command, options: readonly Option[], form: string, word: ShellWord): ShellError {
	const meant = closest(
		form,
		options.map(({long}) => `--${long}`),
	);
	return usage(command, `${form}: no such option`, word, meant);
}

function usage(command: Command, message: string, word: ShellWord | undefined, meant?: string): ShellError {
	return new ShellError('usage', message, {
		hint: meant === undefined ? shortUsage(command) : `did you mean ${meant}?`,
		...(word && {at: {start: word.start, end: word.end}}),
	});
}

/** The whole usage where it leaves room for the message. */
function shortUsage(command: Command): string {
	const whole = usageOf(command);
	return whole.length <= 50 ? `usage: ${whole}` : `try \`${command.name} --help\``;
}
