import {LocalExchangeBusy} from './lock.ts';
import {type LocalExchange, startLocalExchange} from './server.ts';

export type ServeOptions = {
	readonly directory: string;
	/** Default: any free one. */
	readonly port?: number | undefined;
	readonly reset?: boolean | undefined;
	/** End when nobody has used it for so long. Default: never. */
	readonly idleMs?: number | undefined;
	/** No line a request on stderr. */
	readonly quiet?: boolean | undefined;
	/** Ends it, beside SIGINT and SIGTERM. */
	readonly signal?: AbortSignal | undefined;
};

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the local exchange in the foreground until it is told to stop or nobody uses it. Once it is ready it
 * prints `ADX_ENDPOINT=…` and `ADX_TOKEN=…`, and nothing else, on stdout. Resolves to the exit code: 0 when
 * it has ended cleanly, 2 when it could not start.
 */
export async function serve(options: ServeOptions): Promise<number> {
	const {directory, port = 0, reset = false, idleMs, quiet, signal} = options;
	// Neither SQLite nor DuckDB can be told with which mode to create a file.
	process.umask(0o077);
	// Whoever read them may be gone; that is no reason to end.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
	const say = (line: string) => process.stderr.write(`${line}\n`);
	const log = (line: string) => say(`${new Date().toISOString()} ${line}`);
	const stop = Promise.withResolvers<void>();
	const told = () => stop.resolve();
	for (const name of stopSignals) process.on(name, told);
	signal?.addEventListener('abort', told);
	try {
		const exchange = await startLocalExchange({
			directory,
			port,
			reset,
			...(idleMs !== undefined && {idleMs}),
			...(quiet !== true && {log}),
		});
		await announce(exchange);
		if (signal?.aborted) told();
		await Promise.race([stop.promise, exchange.idle]);
		await exchange.close();
		return 0;
	} catch (error) {
		say(`adx-shell serve: ${reason(error, port)}`);
		return 2;
	} finally {
		for (const name of stopSignals) process.off(name, told);
		signal?.removeEventListener('abort', told);
	}
}

async function announce({endpoint, token}: LocalExchange): Promise<void> {
	const lines = `ADX_ENDPOINT=${endpoint}\nADX_TOKEN=${token}\n`;
	await new Promise<void>(done => process.stdout.write(lines, () => done()));
}

function reason(error: unknown, port: number): string {
	if (error instanceof LocalExchangeBusy) return error.message;
	const {code, message} = error as NodeJS.ErrnoException;
	if (code === 'EADDRINUSE') return `port ${port}: another program has it (try another --port)`;
	if (code === 'EACCES' && /listen/.test(message)) return `port ${port}: not allowed (try one above 1023)`;
	return message;
}
