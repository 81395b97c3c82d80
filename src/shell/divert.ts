import type {Output} from './command.ts';
import {ShellError, toShellError} from './errors.ts';
import {isData} from './formatted.ts';
import type {Statement} from './parse-line.ts';
import {cancelled, type Ending} from './run-command.ts';
import type {Runtime} from './runtime.ts';
import {channel, merge} from './streams.ts';
import {evaluateWord} from './word.ts';

type CommandStatement = Extract<Statement, {kind: 'command'}>;

/** Takes a command's data. `failed` is set once the command has failed. */
type Sink = {
	readonly data: AsyncGenerator<Output>;
	readonly failed: () => boolean;
	readonly command: string;
	readonly json: boolean;
};

/**
 * Sends a command's data to the statement's file or local command and yields the rest: notes, progress,
 * errors, and what the local command prints. The status is the first that is not 0 from the right, as
 * with bash's `pipefail`; a local command that stops reading (`| head -2`) stops the command quietly.
 */
export async function* divert(
	statement: CommandStatement,
	runtime: Runtime,
	run: (signal: AbortSignal) => AsyncGenerator<Output, Ending>,
	about: Pick<Sink, 'command' | 'json'>,
): AsyncGenerator<Output, Ending> {
	const data = channel<Output>();
	const hangUp = new AbortController();
	const outputs = run(AbortSignal.any([runtime.signal, hangUp.signal]));
	let failed = false;
	const stop = () => {
		hangUp.abort();
		data.close();
	};

	async function* narrate(): AsyncGenerator<Output, Ending> {
		try {
			for (let step = await outputs.next(); ; step = await outputs.next()) {
				if (hangUp.signal.aborted) return {status: 0, ends: runtime.signal.aborted};
				if (step.done) {
					failed = step.value.status !== 0;
					return step.value;
				}
				if (!isData(step.value)) yield step.value;
				else await data.push(step.value);
			}
		} finally {
			data.end(failed ? new ShellError('failed', 'the command failed') : undefined);
			await outputs.return({status: 0, ends: false});
		}
	}

	async function* take(): AsyncGenerator<Output, Ending> {
		const sink: Sink = {...about, data: data.values(), failed: () => failed};
		try {
			return yield* statement.redirect
				? intoFile(statement.redirect, runtime, sink)
				: intoProcess(statement.pipe ?? '', runtime, sink);
		} catch (thrown) {
			const error = runtime.signal.aborted ? cancelled(thrown) : toShellError(thrown);
			// A cancelled command says so itself.
			if (error.code !== 'cancelled') yield {kind: 'error', verb: about.command, error};
			return {status: error.exitCode, ends: error.code === 'cancelled'};
		} finally {
			stop();
		}
	}

	const [command, sink] = yield* merge([narrate(), take()], stop);
	return {status: sink!.status || command!.status, ends: command!.ends || sink!.ends};
}

/** `> file` puts the whole in place at the end, or leaves the old file; `>> file` adds as it comes. */
async function* intoFile(
	{target, append}: NonNullable<CommandStatement['redirect']>,
	{session, local, plain, signal}: Runtime,
	{data, failed, ...about}: Sink,
): AsyncGenerator<Output, Ending> {
	const {text} = evaluateWord(target, session().status);
	const path = local.resolve(session().localDirectory, text);
	const body = plain(data, about);
	// A device such as /dev/null has no place for a file beside it, and must not be replaced.
	const device = (await local.stat(path))?.kind === 'other';
	try {
		if (append || device) await local.append(path, body);
		else await local.write(path, body, {replace: true, signal});
	} catch (thrown) {
		if (!failed()) throw thrown;
		if (!append) yield {kind: 'note', tone: 'warning', text: `${text} is left as it was: the command failed`};
	}
	return {status: 0, ends: false};
}

async function* intoProcess(
	command: string,
	{session, processes, plain, signal}: Runtime,
	{data, failed, ...about}: Sink,
): AsyncGenerator<Output, Ending> {
	// A local command gets what came, as bash would give it.
	const input = plain(untilFailure(data, failed), about);
	const running = processes.run(command, {directory: session().localDirectory, input, signal});
	return {status: yield* bytesOf(running), ends: false};
}

async function* untilFailure(data: AsyncGenerator<Output>, failed: () => boolean): AsyncGenerator<Output> {
	try {
		yield* data;
	} catch (thrown) {
		if (!failed()) throw thrown;
	}
}

/** A process's output as outputs; returns its exit code. */
export async function* bytesOf(running: AsyncGenerator<Uint8Array, number>): AsyncGenerator<Output, number> {
	try {
		for (let step = await running.next(); ; step = await running.next()) {
			if (step.done) return step.value;
			yield {kind: 'bytes', bytes: step.value};
		}
	} finally {
		await running.return(0);
	}
}
