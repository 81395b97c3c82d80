import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';

export type ServeProcess = {
	readonly child: ChildProcess;
	/** Empty when the process ended before it was ready. */
	readonly endpoint: string;
	readonly token: string;
	/** Everything it has written so far. */
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** Resolves to the exit code, null after a signal. */
	readonly ended: Promise<number | null>;
};

const serveModule = fileURLToPath(new URL('../../src/local-exchange/serve.ts', import.meta.url));
const program = `
const {serve} = await import(process.argv[1]);
process.exitCode = await serve(JSON.parse(process.argv[2]));
`;

/** Runs `serve` in a process of its own; resolves when it is ready or has ended. */
export async function startServe(options: {
	directory: string;
	port?: number;
	reset?: boolean;
	idleMs?: number;
	quiet?: boolean;
}): Promise<ServeProcess> {
	const child = spawn(process.execPath, [
		'--input-type=module',
		'-e',
		program,
		serveModule,
		JSON.stringify(options),
	]);
	let [stdout, stderr] = ['', ''];
	const ended = once(child, 'close').then(([code]) => code as number | null);
	child.stderr.setEncoding('utf8').on('data', text => {
		stderr += text;
	});
	const ready = new Promise<void>(done => {
		child.stdout.setEncoding('utf8').on('data', text => {
			stdout += text;
			if (stdout.split('\n').length > 2) done();
		});
	});
	await Promise.race([ready, ended]);
	const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1] ?? '';
	return {
		child,
		endpoint: value('ADX_ENDPOINT'),
		token: value('ADX_TOKEN'),
		stdout: () => stdout,
		stderr: () => stderr,
		ended,
	};
}
