import {createInterface} from 'node:readline/promises';
import {sanitize} from '../render/sanitize.ts';
import {ShellError, toShellError} from '../shell/errors.ts';
import {type Runtime, runLine} from '../shell/run-line.ts';
import {isIncomplete} from '../shell/tokenize.ts';
import type {Narrator} from './narrator.ts';
import {isData, type Present} from './present.ts';
import {maskedOutput} from './secret-input.ts';

type PlainPrompt = {
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	/** Without what is made for each line. */
	readonly runtime: Omit<Runtime, 'signal' | 'confirm' | 'ask' | 'askSecret'>;
	readonly prompt: () => string;
	/** Full completions of the line's end, and what they replace, as node:readline takes them. */
	readonly complete: (line: string) => Promise<[string[], string]>;
	readonly narrator: Narrator;
	/** Lines of earlier sessions, oldest first. */
	readonly history: readonly string[];
	/** Takes each line entered, to keep it where it may be kept. */
	readonly keep: (line: string) => void;
	readonly present: Present;
	readonly write: (bytes: Uint8Array | string) => Promise<void>;
	/** The terminal can draw over a line. */
	readonly draws: boolean;
	/** Takes what asks unseen, in the name of the running line, where no command does. */
	readonly onAsker: (askSecret: (question: string) => Promise<string | undefined>) => void;
};

/**
 * A prompt for terminals and readers that no screen can be drawn for: line by line, in the terminal's own
 * scrollback. Ctrl-C cancels the work or clears the line, Ctrl-D ends. Resolves to the exit code.
 */
export async function runPlainPrompt(options: PlainPrompt): Promise<number> {
	const {input, output, narrator, history} = options;
	const isTerminal = input.isTTY && output.isTTY;
	const masked = maskedOutput(output, {draws: options.draws});
	const lines = createInterface({
		input,
		output: isTerminal ? masked.stream : output,
		terminal: isTerminal,
		history: history.toReversed(),
		historySize: 1_000,
		removeHistoryDuplicates: true,
		completer: options.complete,
	});
	let work: AbortController | undefined;
	let ask = new AbortController();
	/** Entered while other lines run, such as all but the first of what is pasted: each has its turn. */
	const ahead: string[] = [];
	lines.on('line', entered => ahead.push(entered));
	lines.on('SIGINT', () => {
		ahead.length = 0;
		work?.abort();
		// Also where a command asks: the question goes with it.
		ask.abort();
	});
	const closed = new Promise<undefined>(resolve => lines.once('close', () => resolve(undefined)));
	const question = async (text: string) => {
		ask = new AbortController();
		const answer = lines.question(text, {signal: ask.signal});
		// What is typed already stays, and goes on at its end; on a dumb terminal node:readline does not say it again.
		if (isTerminal && lines.line !== '') {
			if (process.env.TERM === 'dumb') output.write(sanitize(lines.line));
			else lines.write(null, {ctrl: true, name: 'e'});
		}
		return Promise.race([answer, closed]);
	};
	/** The next line, of which the terminal has shown nothing yet where it was entered before its turn. */
	const nextLine = async (text: string) => {
		const early = ahead.shift();
		if (early === undefined) return await question(text);
		output.write(`${text}${sanitize(early)}\n`);
		return early;
	};
	/** Empty when it is left with Ctrl-C or the end of the input. */
	const askSecret = async (text: string) => {
		if (!isTerminal) {
			throw new ShellError('usage', 'there is no terminal to ask for it unseen', {
				hint: '`adx-shell login` takes it from a file or a pipe',
			});
		}
		ask = new AbortController();
		const answer = masked.ask(lines, `${sanitize(text)} `, ask.signal).catch(() => '');
		return ((await Promise.race([answer, closed])) ?? '').trim();
	};
	options.onAsker(async text => (work && isTerminal ? await askSecret(text) : undefined));
	/** What was pasted behind the line that asks is the answer, not a line to run and to keep. */
	const askCommandSecret = async (text: string) => ahead.shift()?.trim() ?? (await askSecret(text));

	let line = '';
	for (;;) {
		let entered: string | undefined;
		try {
			entered = await nextLine(line ? '> ' : options.prompt());
		} catch {
			// Ctrl-C at the prompt drops the line.
			output.write('\n');
			line = '';
			continue;
		}
		if (entered === undefined) break;
		line = line ? `${line}\n${entered}` : entered;
		if (isIncomplete(line)) continue;
		options.keep(line);
		work = new AbortController();
		const status = await run(line, work.signal);
		work = undefined;
		line = '';
		if (status !== undefined) {
			lines.close();
			return status;
		}
	}
	lines.close();
	output.write('\n');
	return 0;

	/** The status to leave with, after `exit`. */
	async function run(text: string, signal: AbortSignal): Promise<number | undefined> {
		const ask = async (about: string) => {
			try {
				return ((await question(`${about} `)) ?? '').trim();
			} catch {
				output.write('\n');
				// What is cancelled says so itself.
				signal.throwIfAborted();
				return '';
			}
		};
		const runtime: Runtime = {
			...options.runtime,
			signal,
			confirm: async about => /^y(es)?$/i.test(await ask(`${about} [y/N]`)),
			ask,
			askSecret: askCommandSecret,
		};
		let exit: number | undefined;
		try {
			for await (const produced of runLine(text, runtime)) {
				if (produced.kind === 'exit') exit = produced.status;
				else if (produced.kind === 'clear') output.write('\u001b[2J\u001b[H');
				else if (isData(produced)) {
					narrator.clearProgress();
					for await (const part of options.present(produced)) await options.write(part);
				} else narrator.say(produced);
			}
		} catch (thrown) {
			narrator.say({kind: 'error', verb: undefined, error: toShellError(thrown)});
		}
		return exit;
	}
}
