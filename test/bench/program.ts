import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type Bench = {
	/** For the program: folders of its own, so that nobody's history or sample is touched. */
	readonly environment: NodeJS.ProcessEnv;
	readonly directory: string;
	readonly endpoint: string;
	readonly token: string;
	readonly close: () => Promise<void>;
};

/** A local exchange with the sample, in a process and folders of its own. */
export async function startBench(): Promise<Bench> {
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-bench-'));
	const environment: NodeJS.ProcessEnv = {
		...process.env,
		XDG_STATE_HOME: path.join(directory, 'state'),
		XDG_CACHE_HOME: path.join(directory, 'cache'),
		XDG_DATA_HOME: path.join(directory, 'data'),
		TERM: 'xterm-256color',
		// One process serves all shells of a data folder.
		ADX_DATA: path.join(directory, 'exchange'),
	};
	delete environment.CI;
	delete environment.NO_COLOR;
	const server = spawn(process.execPath, [program, 'serve'], {
		env: environment,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const {ADX_ENDPOINT: endpoint, ADX_TOKEN: token} = await readVariables(server.stdout);
	return {
		environment,
		directory,
		endpoint: endpoint!,
		token: token!,
		close: async () => {
			server.kill('SIGTERM');
			if (server.exitCode === null) await once(server, 'exit');
			await rm(directory, {recursive: true, force: true});
		},
	};
}

async function readVariables(stream: AsyncIterable<Buffer>): Promise<Record<string, string>> {
	let text = '';
	for await (const chunk of stream) {
		text += chunk;
		const lines = text.split('\n');
		if (lines.length > 2) return Object.fromEntries(lines.filter(Boolean).map(line => line.split('=', 2)));
	}
	throw new Error(`serve said only: ${text}`);
}
