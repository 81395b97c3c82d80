import path from 'node:path';
import {describeOptions, readOptions, serveOptions} from '../config/options.ts';
import {foldersOf} from '../config/paths.ts';
import {ShellError} from '../shell/errors.ts';
import {print} from './streams.ts';

type Serve = (options: {
	readonly port?: number;
	readonly directory: string;
	readonly reset?: boolean;
	readonly idleMs?: number;
}) => Promise<number>;

const usage = `adx-shell serve: run the local exchange in the foreground

${describeOptions(serveOptions)}

When it is ready it prints ADX_ENDPOINT=… and ADX_TOKEN=… on standard output; Ctrl-C ends it.
`;

/** Resolves to the exit code when the exchange has ended. Throws ShellError `usage`. */
export async function runServe(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	serve: Serve,
): Promise<number> {
	const {values} = readOptions(serveOptions, argv, environment);
	if (values.help) return print(usage);
	const seconds = number('idle', values.idle, Number.MAX_SAFE_INTEGER);
	return serve({
		port: number('port', values.port, 65_535),
		directory: path.resolve(values.data ?? path.join(foldersOf(environment).data, 'local-exchange')),
		reset: values.reset,
		idleMs: seconds === undefined ? undefined : seconds * 1_000,
	});
}

function number(name: string, text: string | undefined, most: number): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (/^\d+$/.test(text) && value <= most) return value;
	throw new ShellError('usage', `--${name} ${text}: not a whole number up to ${most}`);
}
