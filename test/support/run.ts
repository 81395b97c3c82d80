import {commands} from '../../src/commands/index.ts';
import {layout} from '../../src/render/layout.ts';
import {picture} from '../../src/render/picture.ts';
import {plain} from '../../src/render/plain.ts';
import type {Output} from '../../src/shell/command.ts';
import type {Exchange} from '../../src/shell/ports.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import {runLine} from '../../src/shell/run-line.ts';
import type {Runtime} from '../../src/shell/runtime.ts';
import {reduceSession, type Session} from '../../src/shell/session.ts';
import {memoryAccount} from './memory-account.ts';
import {memoryFiles} from './memory-files.ts';

/** Noon of a day after the entries of the in-memory Exchange, local time, so that texts hold in any zone. */
export const noon = new Date(2026, 10, 21, 12).getTime();

export type Ran = {
	readonly outputs: readonly Output[];
	/** What a screen 80 columns wide shows in the end, without colour: later outputs of a key in place. */
	readonly screen: readonly string[];
	/** The data as a pipe gets it. */
	readonly text: string;
	readonly status: number;
	readonly session: Session;
};

/**
 * Runs lines one after the other in one session of `exchange`, in its first store (unless `session` says
 * otherwise), with all of the shell's commands. What comes back is of the last line.
 */
export async function runCommands(
	lines: string | readonly string[],
	options: {readonly exchange: Exchange} & Partial<Omit<Runtime, 'session' | 'exchange'>> & {
			readonly session?: Partial<Session>;
		},
): Promise<Ran> {
	const {exchange, session: given, ...rest} = options;
	let session: Session = {
		location: given && 'location' in given ? given.location : await firstRoot(exchange),
		previous: undefined,
		database: undefined,
		localDirectory: '/home',
		status: 0,
		...given,
	};
	const runtime: Runtime = {
		session: () => session,
		dispatch: action => {
			session = reduceSession(session, action);
		},
		exchange,
		local: memoryFiles({'/home/': ''}),
		processes: {
			run: async function* () {
				yield* [];
				return 0;
			},
		},
		commands,
		signal: new AbortController().signal,
		now: () => noon,
		interactive: false,
		confirm: async () => true,
		ask: async () => '',
		askSecret: async () => '',
		account: memoryAccount(),
		history: () => [],
		json: false,
		plain,
		picture,
		...rest,
	};
	let outputs: Output[] = [];
	let status = 0;
	for (const line of typeof lines === 'string' ? [lines] : lines) {
		outputs = [];
		const running = runLine(line, runtime);
		let step = await running.next();
		for (; !step.done; step = await running.next()) outputs.push(step.value);
		status = step.value;
	}
	return {outputs, screen: screenOf(outputs), text: await textOf(outputs, runtime.json), status, session};
}

async function firstRoot(exchange: Exchange) {
	const [store] = await exchange.listDataStores();
	return store && rootOf(store);
}

function screenOf(outputs: readonly Output[]): string[] {
	const shown: Output[] = [];
	for (const output of outputs) {
		const key = 'key' in output ? output.key : undefined;
		const place = key === undefined ? -1 : shown.findIndex(other => 'key' in other && other.key === key);
		if (place === -1) shown.push(output);
		else shown[place] = output;
	}
	return shown.flatMap(output => {
		const lines = layout(output, {width: 80, color: false, now: noon});
		return Array.from({length: lines.length}, (_, index) => lines.at(index));
	});
}

async function textOf(outputs: readonly Output[], json: boolean): Promise<string> {
	async function* each() {
		yield* outputs;
	}
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of plain(each(), {json})) text += decoder.decode(chunk, {stream: true});
	return text;
}
