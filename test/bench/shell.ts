import {commands} from '../../src/commands/index.ts';
import {connectExchange} from '../../src/exchange/connect.ts';
import {createLocalFiles} from '../../src/host/local-files.ts';
import {createLocalProcesses} from '../../src/host/local-processes.ts';
import {layout} from '../../src/render/layout.ts';
import {plain} from '../../src/render/plain.ts';
import {runLine} from '../../src/shell/run-line.ts';
import {reduceSession, type Session} from '../../src/shell/session.ts';
import {memoryAccount} from '../support/memory-account.ts';

const screen = {width: 100, height: 36};

/** A shell in this process, without a screen but with the lines a screen would draw. */
export function openShell(endpoint: {readonly endpoint: string; readonly token: string}) {
	const exchange = connectExchange(endpoint);
	let session: Session = {
		location: undefined,
		previous: undefined,
		database: undefined,
		localDirectory: '/',
		status: 0,
	};
	const run = async (line: string): Promise<readonly string[]> => {
		const lines: string[] = [];
		const outputs = runLine(line, {
			session: () => session,
			dispatch: action => {
				session = reduceSession(session, action);
			},
			exchange,
			local: createLocalFiles(),
			processes: createLocalProcesses({stderr: 'inherit'}),
			commands,
			signal: new AbortController().signal,
			now: Date.now,
			interactive: true,
			confirm: async () => false,
			ask: async () => '',
			askSecret: async () => '',
			account: memoryAccount(),
			history: () => [],
			json: false,
			plain,
			picture: async () => '',
		});
		for await (const output of outputs) {
			if (output.kind === 'error') throw output.error;
			const {length, at} = layout(output, {width: screen.width, color: true, now: Date.now()});
			for (let index = Math.max(0, length - screen.height); index < length; index++) lines.push(at(index));
		}
		return lines;
	};
	return {run, close: () => exchange.close()};
}
