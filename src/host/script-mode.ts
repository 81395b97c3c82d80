import {constants} from 'node:os';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {Exchange} from '../shell/ports.ts';
import {newSession} from '../shell/session.ts';
import {sharedDatabases, sharedStores} from '../shell/shared-services.ts';
import {findStartingDatabase, type Prepare} from '../shell/starting-database.ts';
import {exchangeToCome, needsExchange, unreachable} from '../shell/unreachable.ts';
import {createAccounts, type Entered} from './account/accounts.ts';
import {createRuntime, type Mode, startingNote} from './mode.ts';
import {createNarrator} from './narrator.ts';
import {openDatabase} from './open-database.ts';
import {openLocation} from './open-location.ts';
import {createPresent} from './present.ts';
import {runScript} from './script.ts';
import {scriptLines} from './script-lines.ts';
import {createWriter} from './streams.ts';

/**
 * Runs `-c`, `-f` or a piped stdin. Resolves to the exit code: that of the signal that ended it, as a shell tells it,
 * such as 130 for Ctrl-C.
 */
export async function runScriptMode(mode: Mode): Promise<number> {
	const {config} = mode;
	const cancel = new AbortController();
	const {signal} = cancel;
	let ending: number | undefined;
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(name, () => {
			ending ??= 128 + constants.signals[name];
			cancel.abort();
		});
	}
	let readerGone = false;
	let outputFailure: ShellError | undefined;
	const {write, settled} = createWriter(process.stdout, failure => {
		outputFailure = failure;
		readerGone = failure === undefined;
		cancel.abort();
	});
	const said = createWriter(process.stderr, () => undefined);
	const narrator = createNarrator(
		{
			isTTY: process.stderr.isTTY,
			columns: process.stderr.columns,
			// Whoever took what they wanted and left (`| head`) need not hear that the rest was cancelled; nor is that
			// the news where the output has failed.
			write: text => readerGone || outputFailure || said.write(text),
		},
		config.screenReader ? {draws: false} : {},
	);
	const note = (text: string) => narrator.say({kind: 'note', text});
	const sources = config.sources.length > 0 ? config.sources : [{file: '-'}];
	const readsStdin = sources.some(source => 'file' in source && source.file === '-');

	const accounts = createAccounts(config, mode.open);
	let prepare: Prepare = async () => undefined;
	const base = createRuntime(mode, {
		exchange: () => exchange,
		account: accounts.account,
		session: newSession(process.cwd()),
		interactive: false,
		history: () => [],
		...(!readsStdin && !process.stdin.isTTY && {input: process.stdin}),
	});
	/** Takes the session to an Exchange. What is asked for counts only for the first one. */
	const begin = async ({exchange: next, connection}: Entered<Exchange>, asked?: Mode['config']) => {
		const isLocal = connection.kind === 'local';
		const store = asked?.store ?? connection.store;
		const wanted = asked?.database ?? connection.database;
		const location = await openLocation({
			exchange: next,
			shared: () => sharedStores({exchange: next, signal}),
			store,
			first: isLocal,
			signal,
		});
		exchange = next;
		base.restart({location, database: undefined});
		prepare = findStartingDatabase({
			...base,
			open: () =>
				openDatabase({
					timeSeries: next.timeSeries,
					shared: () => sharedDatabases({exchange: next, signal}),
					wanted,
					first: false,
					signal,
				}),
			say: note,
			lazy: true,
		});
		// A name that nothing bears ends the script before its first line, like that of a store.
		if (asked?.database !== undefined) await prepare({group: 'Time series'}, signal);
	};
	const lost = new ShellError('unauthorized', 'logged out', {hint: '`login` or `profile NAME` comes first'});
	accounts.attach({
		say: note,
		onStart: () => note(startingNote),
		onEnter: async entered => {
			await begin(entered);
			connecting = Promise.resolve(entered.exchange);
		},
		onLeave: () => {
			exchange = unreachable(lost);
			connecting = Promise.reject(lost);
			connecting.catch(() => undefined);
			base.restart({location: undefined, database: undefined});
		},
	});
	let connecting: Promise<Exchange> | undefined;
	/** Once: a script whose Exchange cannot be had has none. */
	const connected = () => {
		connecting ??= accounts.connect(signal).then(async first => {
			await begin({exchange: first, connection: accounts.connection()}, config);
			return first;
		});
		return connecting;
	};
	// A line that needs none, such as `profiles`, is not to wait for one.
	let exchange: Exchange = exchangeToCome(connected);
	try {
		// What was asked for by name is wrong whatever the first line says.
		if (config.store !== undefined || config.database !== undefined) await connected();
		const status = await runScript({
			lines: scriptLines(sources, process.stdin),
			runtime: {
				...base,
				prepare: async (command, lineSignal) => {
					if (needsExchange(command)) await connected();
					await prepare(command, lineSignal);
				},
				signal,
				confirm: nobody,
				ask: nobody,
				askSecret: nobody,
			},
			narrator,
			present: createPresent(process.stdout, config),
			write,
			keepGoing: config.keepGoing,
		});
		await settled();
		if (outputFailure) throw outputFailure;
		return readerGone ? 0 : (ending ?? status);
	} catch (thrown) {
		if (ending === undefined || toShellError(thrown).code !== 'cancelled') throw thrown;
		return ending;
	} finally {
		accounts.close();
	}
}

async function nobody(question: string): Promise<never> {
	throw new ShellError('usage', `nobody is here to answer “${question}”`, {hint: 'pass -f'});
}
