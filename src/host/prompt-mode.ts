import {addToHistory} from '../shell/history.ts';
import {pathOf, type Session} from '../shell/session.ts';
import {findStartingDatabase} from '../shell/starting-database.ts';
import {edit} from './edit.ts';
import {openMemory} from './memory.ts';
import {createRuntime, localGreeting, type Mode, startingNote} from './mode.ts';
import {createNarrator} from './narrator.ts';
import {startDatabase} from './open-database.ts';
import {startLocation} from './open-location.ts';
import {runPlainPrompt} from './plain-prompt.ts';
import {createPresent} from './present.ts';
import {createCompleter} from './prompt-completer.ts';
import {promptProcesses} from './run-in-terminal.ts';
import {createWriter} from './streams.ts';

/** A prompt without a screen, for dumb terminals, screen readers and `--inline`. Resolves to the exit code. */
export async function runPromptMode(mode: Mode): Promise<number> {
	const {config} = mode;
	const memory = await openMemory(config);
	const narrator = createNarrator(process.stderr, config.screenReader ? {draws: false} : {});
	// Into a file or a pipe go data alone, as in any shell.
	const output = process.stdout.isTTY ? process.stdout : process.stderr;
	const isLocal = config.connection.kind === 'local';
	const exchange = await mode.connect(() => narrator.say({kind: 'note', text: startingNote}));
	try {
		if (isLocal) narrator.say({kind: 'note', text: localGreeting});
		const {saved} = memory;
		const {location, notes} = await startLocation({
			exchange,
			store: config.store,
			saved: saved.location,
			first: isLocal,
		});
		for (const text of notes) narrator.say({kind: 'note', text});
		let lines = memory.history.lines;
		const base = createRuntime(mode, exchange, {
			session: {
				location,
				previous: undefined,
				database: config.database === undefined ? saved.database : undefined,
				localDirectory: process.cwd(),
				status: 0,
			},
			// Rows shown once cannot be replaced here: better to wait for fresh ones.
			interactive: false,
			history: () => lines,
			onSession: memory.remember,
		});
		const prepare = findStartingDatabase({
			...base,
			open: () =>
				startDatabase({
					timeSeries: exchange.timeSeries,
					wanted: config.database,
					saved: saved.database,
					first: true,
				}),
			say: text => narrator.say({kind: 'note', text}),
		});
		const processes = promptProcesses(base.processes, process.stdin, text => output.write(text));
		const runtime = {
			...base,
			prepare,
			processes,
			...(process.stdin.isTTY &&
				output.isTTY && {edit: (text: string, signal: AbortSignal) => edit(processes, text, signal)}),
		};
		return await runPlainPrompt({
			input: process.stdin,
			output,
			runtime,
			prompt: () => promptOf(runtime.session()),
			complete: createCompleter(runtime),
			narrator,
			history: lines,
			keep: line => {
				const kept = addToHistory(lines, line);
				if (kept !== lines) memory.history.append(kept.at(-1)!);
				lines = kept;
			},
			present: createPresent(process.stdout, config),
			write: createWriter(process.stdout, () => undefined).write,
		});
	} finally {
		exchange.close();
		await memory.settled();
	}
}

function promptOf({location}: Session): string {
	return location ? `${location.store.name}:${pathOf(location)}> ` : 'adx-shell> ';
}
