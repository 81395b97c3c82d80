import {ShellError} from '../shell/errors.ts';
import {findStartingDatabase} from '../shell/starting-database.ts';
import {createRuntime, type Mode, startingNote} from './mode.ts';
import {createNarrator} from './narrator.ts';
import {openDatabase} from './open-database.ts';
import {openLocation} from './open-location.ts';
import {createPresent} from './present.ts';
import {runScript} from './script.ts';
import {scriptLines} from './script-lines.ts';
import {createWriter} from './streams.ts';

/** Runs `-c`, `-f` or a piped stdin. Resolves to the exit code; Ctrl-C makes it 130. */
export async function runScriptMode(mode: Mode): Promise<number> {
	const {config} = mode;
	const cancel = new AbortController();
	process.once('SIGINT', () => cancel.abort());
	process.once('SIGTERM', () => cancel.abort());
	let readerGone = false;
	const {write} = createWriter(process.stdout, () => {
		readerGone = true;
		cancel.abort();
	});
	const said = createWriter(process.stderr, () => undefined);
	const narrator = createNarrator(
		{
			isTTY: process.stderr.isTTY,
			columns: process.stderr.columns,
			// Whoever took what they wanted and left (`| head`) need not hear that the rest was cancelled.
			write: text => readerGone || said.write(text),
		},
		config.screenReader ? {draws: false} : {},
	);
	const exchange = await mode.connect(() => narrator.say({kind: 'note', text: startingNote}));
	try {
		const location = await openLocation({
			exchange,
			store: config.store,
			first: config.connection.kind === 'local',
			signal: cancel.signal,
		});
		const base = createRuntime(mode, exchange, {
			session: {location, previous: undefined, database: undefined, localDirectory: process.cwd(), status: 0},
			interactive: false,
			history: () => [],
		});
		const {signal} = cancel;
		const prepare = findStartingDatabase({
			...base,
			open: () =>
				openDatabase({timeSeries: exchange.timeSeries, wanted: config.database, first: false, signal}),
			say: text => narrator.say({kind: 'note', text}),
			lazy: true,
		});
		// A name that nothing bears ends the script before its first line, like that of a store.
		if (config.database !== undefined) await prepare({group: 'Time series'}, signal);
		const sources = config.sources.length > 0 ? config.sources : [{file: '-'}];
		const readsStdin = sources.some(source => 'file' in source && source.file === '-');
		const status = await runScript({
			lines: scriptLines(sources, process.stdin),
			runtime: {
				...base,
				...(!readsStdin && !process.stdin.isTTY && {input: process.stdin}),
				prepare,
				signal,
				confirm: nobody,
				ask: nobody,
			},
			narrator,
			present: createPresent(process.stdout, config),
			write,
			keepGoing: config.keepGoing,
		});
		return readerGone ? 0 : status;
	} finally {
		exchange.close();
	}
}

async function nobody(question: string): Promise<never> {
	throw new ShellError('usage', `nobody is here to answer “${question}”`, {hint: 'pass -f'});
}
