import type {Output} from './command.ts';
import {bytesOf, divert} from './divert.ts';
import {toShellError} from './errors.ts';
import {parseLine, type Statement} from './parse-line.ts';
import {CommandError, cancelled, type Ending, located, readCommand, runCommand} from './run-command.ts';
import type {Runtime} from './runtime.ts';

export type {Runtime} from './runtime.ts';

/**
 * Runs a line: its statements one after the other, as `;`, `&&` and `||` say. Yields what they say as it
 * comes and goes no further until it is taken. Errors are outputs; `session` outputs are dispatched and
 * yielded. Returns the last status that ran (0 for a blank line), which is also the session's `$?`; 130,
 * and nothing more is run, once the runtime's signal is aborted.
 */
export async function* runLine(line: string, runtime: Runtime): AsyncGenerator<Output, number> {
	let statements: readonly Statement[];
	try {
		statements = parseLine(line);
	} catch (thrown) {
		const error = toShellError(thrown);
		runtime.dispatch({type: 'status', status: error.exitCode});
		yield {kind: 'error', verb: undefined, ...located(error, line)};
		return error.exitCode;
	}
	let status = 0;
	for (const statement of statements) {
		if (statement.after === '&&' ? status !== 0 : statement.after === '||' && status === 0) continue;
		const ending = yield* runStatement(statement, line, runtime);
		status = ending.status;
		runtime.dispatch({type: 'status', status});
		if (ending.ends) break;
	}
	return status;
}

async function* runStatement(
	statement: Statement,
	line: string,
	runtime: Runtime,
): AsyncGenerator<Output, Ending> {
	const {signal} = runtime;
	try {
		signal.throwIfAborted();
		if (statement.kind === 'local') return yield* runLocal(statement.command, runtime);
		const read = readCommand(statement, runtime);
		const {format, command} = read;
		if (!statement.redirect && statement.pipe === undefined) {
			return yield* runCommand(read, runtime, {line, signal, format}, runtime.interactive);
		}
		return yield* divert(
			statement,
			runtime,
			inner => runCommand(read, runtime, {line, signal: inner, format}, false),
			{command: command.name, json: format === 'json'},
		);
	} catch (thrown) {
		const verb = thrown instanceof CommandError ? thrown.verb : undefined;
		const cause = thrown instanceof CommandError ? thrown.error : thrown;
		const error = signal.aborted ? cancelled(cause) : toShellError(cause);
		yield {kind: 'error', verb, ...located(error, line)};
		return {status: error.exitCode, ends: error.code === 'cancelled'};
	}
}

async function* runLocal(
	command: string,
	{processes, session, signal}: Runtime,
): AsyncGenerator<Output, Ending> {
	const status = yield* bytesOf(processes.run(command, {directory: session().localDirectory, signal}));
	signal.throwIfAborted();
	return {status, ends: false};
}
