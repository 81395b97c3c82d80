import {toShellError} from '../shell/errors.ts';
import {addToHistory} from '../shell/history.ts';
import type {Exchange} from '../shell/ports.ts';
import {fullPath, newSession, type Session} from '../shell/session.ts';
import {findStartingDatabase, type Prepare} from '../shell/starting-database.ts';
import {needsExchange, unreachable} from '../shell/unreachable.ts';
import {createAccounts, type Entered} from './account/accounts.ts';
import {edit} from './edit.ts';
import {type Memory, openMemory} from './memory.ts';
import {createRuntime, localGreeting, type Mode, startingNote} from './mode.ts';
import {createNarrator} from './narrator.ts';
import {runPlainPrompt} from './plain-prompt.ts';
import {createPresent} from './present.ts';
import {createCompleter} from './prompt-completer.ts';
import {promptProcesses} from './run-in-terminal.ts';
import {startingPlace} from './starting-place.ts';
import {createWriter} from './streams.ts';

/** A prompt without a screen, for dumb terminals, screen readers and `--inline`. Resolves to the exit code. */
export async function runPromptMode(mode: Mode): Promise<number> {
	const {config} = mode;
	const store = await openMemory(config.folders);
	const narrator = createNarrator(process.stderr, config.screenReader ? {draws: false} : {});
	const note = (text: string) => narrator.say({kind: 'note', text});
	// Into a file or a pipe go data alone, as in any shell.
	const output = process.stdout.isTTY ? process.stdout : process.stderr;
	const accounts = createAccounts(config, mode.open);
	let exchange: Exchange = unreachable();
	let memory: Memory | undefined;
	let prepare: Prepare = async () => undefined;
	let askSecret: (question: string) => Promise<string | undefined> = async () => undefined;
	let lines = store.history.lines;
	const base = createRuntime(mode, {
		exchange: () => exchange,
		account: accounts.account,
		session: newSession(process.cwd()),
		interactive: process.stdout.isTTY,
		redraws: false,
		history: () => lines,
		onSession: session => memory?.remember(session),
	});

	const begin = async ({exchange: next, connection}: Entered<Exchange>, asked?: Mode['config']) => {
		const there = await store.of(connection);
		const {notes, openDatabase, ...place} = await startingPlace(next, connection, there, asked);
		exchange = next;
		memory = there;
		base.restart(place);
		for (const text of notes) note(text);
		prepare = findStartingDatabase({...base, open: openDatabase, say: note});
	};
	accounts.attach({
		say: note,
		onStart: () => note(startingNote),
		askSecret: question => askSecret(question),
		onEnter: begin,
	});
	const connect = async () => {
		const first = await accounts.connect();
		const connection = accounts.connection();
		if (connection.source?.kind === 'folder') note(localGreeting);
		await begin({exchange: first, connection}, config);
	};
	try {
		await connect().catch((thrown: unknown) => {
			// One can still log in, or go to another profile.
			const error = toShellError(thrown);
			narrator.say({kind: 'error', verb: undefined, error});
			exchange = unreachable(error);
			prepare = async command => {
				if (needsExchange(command)) throw error;
			};
		});
		const processes = promptProcesses(base.processes, process.stdin, text => output.write(text));
		const runtime = {
			...base,
			prepare: (...given: Parameters<Prepare>) => prepare(...given),
			processes,
			...(process.stdin.isTTY &&
				output.isTTY && {edit: (text: string, signal: AbortSignal) => edit(processes, text, signal)}),
		};
		return await runPlainPrompt({
			input: process.stdin,
			output,
			draws: !config.screenReader && process.env.TERM !== 'dumb',
			onAsker: asker => {
				askSecret = asker;
			},
			runtime,
			prompt: () => promptOf(runtime.session()),
			complete: createCompleter(runtime),
			narrator,
			history: lines,
			keep: line => {
				const kept = addToHistory(lines, line);
				if (kept !== lines) store.history.append(kept.at(-1)!);
				lines = kept;
			},
			present: createPresent(process.stdout, config),
			write: createWriter(process.stdout, failure => {
				if (failure) narrator.say({kind: 'error', verb: undefined, error: failure});
			}).write,
		});
	} finally {
		accounts.close();
		await store.settled();
	}
}

function promptOf({location}: Session): string {
	return location ? `${fullPath(location)}> ` : 'adx-shell> ';
}
