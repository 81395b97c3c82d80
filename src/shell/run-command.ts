import {bindArgs} from './bind-args.ts';
import type {Command, Context, Format, Output} from './command.ts';
import {ShellError, toShellError} from './errors.ts';
import {formatted} from './formatted.ts';
import {aboutGoneDatabase} from './gone-database.ts';
import {parseArgs} from './parse-args.ts';
import type {Statement} from './parse-line.ts';
import {shownWord} from './quote.ts';
import type {Runtime} from './runtime.ts';
import {closest} from './suggest.ts';
import {evaluateWord, type ShellWord} from './word.ts';

/** How a statement ended; `ends`: the rest of the line is not run. */
export type Ending = {readonly status: number; readonly ends: boolean};

type CommandStatement = Extract<Statement, {kind: 'command'}>;

/** What one run of a command adds to the runtime. */
export type Run = {
	readonly line: string;
	readonly signal: AbortSignal;
	readonly format: Format | undefined;
};

/** Finds the verb's command, and what the words after it say; `help NAME` for `NAME --help`. Throws `usage`. */
export function readCommand(statement: CommandStatement, runtime: Runtime) {
	const {status} = runtime.session();
	const words = statement.words.map(word => evaluateWord(word, status));
	const [verb, ...rest] = words as [ShellWord, ...ShellWord[]];
	const command = findCommand(runtime.commands, verb);
	const parsed = attempt(command, () => parseArgs(command, rest));
	const format = parsed.format ?? (runtime.json ? 'json' : runtime.csv ? 'csv' : undefined);
	if (!parsed.help) return {command, parsed, words, format};
	const help = findCommand(runtime.commands, {...verb, text: 'help'});
	return {command: help, parsed: parseArgs(help, [{...verb, text: command.name}]), words, format};
}

/** An error of a command that is known by now; it is printed with the verb in front. */
export class CommandError extends Error {
	readonly verb: string;
	readonly error: ShellError;

	constructor(verb: string, error: ShellError) {
		super(error.message, {cause: error});
		this.verb = verb;
		this.error = error;
	}
}

function attempt<T>(command: Command, work: () => T): T {
	try {
		return work();
	} catch (thrown) {
		if (!command.isDiscreet) throw new CommandError(command.name, toShellError(thrown));
		const error = new ShellError('usage', 'what is behind it cannot be read, and is not repeated here', {
			hint: `\`help ${command.name}\` says what it may be`,
		});
		throw new CommandError(command.name, error);
	}
}

function findCommand(commands: readonly Command[], {text, start, end}: ShellWord): Command {
	const command = commands.find(({name, aliases}) => name === text || aliases?.includes(text));
	if (command) return command;
	const meant = closest(
		text,
		commands.flatMap(({name, aliases = []}) => [name, ...aliases]),
	);
	throw new ShellError('usage', `${shownWord(text)}: no such command`, {
		hint: meant === undefined ? 'try `help`' : `did you mean ${meant}?`,
		at: {start, end},
	});
}

/** Runs a command to its end. Never throws: what went wrong is an `error` output. */
export async function* runCommand(
	{command, parsed, words}: ReturnType<typeof readCommand>,
	runtime: Runtime,
	{line, signal, format}: Run,
	interactive: boolean,
): AsyncGenerator<Output, Ending> {
	const verb = command.name;
	const context: Context = {
		session: runtime.session(),
		exchange: runtime.exchange,
		local: runtime.local,
		signal,
		now: runtime.now,
		interactive: interactive && format === undefined,
		redraws: interactive && format === undefined && (runtime.redraws ?? true),
		...(format && {format}),
		plain: runtime.plain,
		picture: runtime.picture,
		confirm: runtime.confirm,
		ask: runtime.ask,
		askSecret: runtime.askSecret,
		account: runtime.account,
		commands: runtime.commands,
		history: runtime.history(),
		...(runtime.edit && {edit: text => runtime.edit!(text, signal)}),
		...(runtime.input && {input: runtime.input}),
	};
	const present = formatted(format);
	let status = 0;
	try {
		signal.throwIfAborted();
		await runtime.prepare?.(command, signal);
		const prepared: Context = {...context, session: runtime.session(), exchange: runtime.exchange};
		const args = await bindArgs(prepared, command, parsed);
		for await (const output of command.run(prepared, args)) {
			// That it was cancelled is said once, at the end: nothing is done, and nothing has failed.
			if (output.kind === 'progress' && output.done && signal.aborted) continue;
			if (output.kind === 'session') runtime.dispatch(output.action);
			if (output.kind === 'error') {
				const error = pointAt(output.error, words);
				status ||= error.exitCode;
				yield {...output, verb: output.verb ?? verb, ...located(error, line)};
			} else yield present(output);
			if (output.kind === 'exit') return {status: output.status, ends: true};
			signal.throwIfAborted();
		}
		return {status, ends: false};
	} catch (thrown) {
		const error = signal.aborted
			? cancelled(thrown)
			: pointAt(aboutGoneDatabase(toShellError(thrown), runtime.session().database), words);
		yield {kind: 'error', verb, ...located(error, line)};
		return {status: error.exitCode, ends: error.code === 'cancelled'};
	}
}

/** An abort, whatever the work in progress made of it. */
export function cancelled(thrown: unknown): ShellError {
	return thrown instanceof ShellError && thrown.code === 'cancelled'
		? thrown
		: new ShellError('cancelled', 'cancelled', {cause: thrown});
}

/** The parts of an `error` output that say where in the line it is. */
export function located(error: ShellError, line: string) {
	return error.at ? {error, line} : {error};
}

/**
 * Errors start with the thing they are about: the word that names it is the place, unless one is given. Of
 * `Store:/path` it may be the store.
 */
function pointAt(error: ShellError, [, ...words]: readonly ShellWord[]): ShellError {
	if (error.at) return error;
	const [word] = words
		.filter(({text}) => [shownWord(text), text.replace(/:\/.*$/s, '')].some(thing => isAbout(error, thing)))
		.toSorted((a, b) => b.text.length - a.text.length);
	if (!word) return error;
	const {code, message, hint, details, cause} = error;
	return new ShellError(code, message, {
		...(hint !== undefined && {hint}),
		details,
		cause,
		at: {start: word.start, end: word.end},
	});
}

function isAbout({message}: ShellError, thing: string): boolean {
	return thing !== '' && message.startsWith(thing) && /^[: ]/.test(message.slice(thing.length));
}
