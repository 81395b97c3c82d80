import {picture} from '../render/picture.ts';
import {plain} from '../render/plain.ts';
import type {Command, Output} from '../shell/command.ts';
import {toShellError} from '../shell/errors.ts';
import type {Exchange, LocalFiles, LocalProcesses} from '../shell/ports.ts';
import {type Runtime, runLine} from '../shell/run-line.ts';
import type {SessionAction} from '../shell/session.ts';
import type {Prepare} from '../shell/starting-database.ts';
import {emptyLine} from './state/line.ts';
import {received, settled} from './state/scrollback.ts';
import type {State} from './state/workspace-state.ts';
import type {Store} from './store.ts';

export type Runner = {
	/** Runs the queued lines, one after the other; does nothing while it is at it already. */
	readonly start: () => void;
	/** Cancels the running line and drops the queue; the second time it stops waiting for it. */
	readonly cancel: () => void;
	/** Answers what is asked: yes or no, or a line of text. */
	readonly answer: (answer: boolean | string) => void;
};

type World = {
	readonly store: Store<State>;
	/** Rejects when there is no way to the Exchange. */
	readonly connected: () => Promise<Exchange>;
	readonly prepare: Prepare;
	readonly dispatch: (action: SessionAction) => void;
	readonly commands: readonly Command[];
	readonly local: LocalFiles;
	readonly processes: LocalProcesses;
	readonly edit?: NonNullable<Runtime['edit']>;
	readonly promptText: () => string;
	readonly onEnd: () => void;
	readonly onExit: (status: number) => void;
};

/** The longest that outputs keep the keys waiting, ms. */
const turn = 8;

const cancelledStatus = 130;

/** Runs what is entered and puts what it says on the screen. */
export function createRunner(world: World): Runner {
	const {store} = world;
	let work: AbortController | undefined;
	let giveUp: (() => void) | undefined;
	let hasLeft = false;
	let reply: ((answer: boolean | string) => void) | undefined;

	const say = (output: Output, when?: 'now' | 'soon') => {
		const at = Date.now();
		store.update(state => ({...state, now: at, scrollback: received(state.scrollback, output, at)}), when);
	};

	/** Asks in place of the prompt; `read` makes of the answer what is repeated behind the question. */
	const put = <T>(
		question: string,
		answer: State['answer'],
		read: (answer: boolean | string) => {readonly value: T; readonly said: string},
	) =>
		new Promise<T>(resolve => {
			store.update(state => ({...state, question, answer}));
			reply = given => {
				reply = undefined;
				store.update(state => ({...state, question: undefined, answer: undefined}));
				const {value, said} = read(given);
				say({kind: 'note', text: `${question} ${said}`.trimEnd()});
				resolve(value);
			};
		});
	const confirm = (question: string) =>
		put(question, undefined, answer => ({
			value: answer === true,
			said: `[y/N] ${answer === true ? 'y' : 'n'}`,
		}));
	const ask = (question: string) =>
		put(question, emptyLine, answer => {
			const text = typeof answer === 'string' ? answer.trim() : '';
			return {value: text, said: text};
		});

	const runtimeOf = (exchange: Exchange, signal: AbortSignal): Runtime => ({
		session: () => store.get().session,
		dispatch: world.dispatch,
		prepare: world.prepare,
		exchange,
		local: world.local,
		processes: world.processes,
		...(world.edit && {edit: world.edit}),
		commands: world.commands,
		signal,
		now: Date.now,
		interactive: true,
		confirm,
		ask,
		history: () => store.get().history,
		json: false,
		plain,
		picture,
	});

	const run = async (line: string, signal: AbortSignal, abandoned: Promise<undefined>) => {
		const exchange = await Promise.race([world.connected(), abandoned]);
		if (!exchange) return say({kind: 'note', text: 'cancelled'});
		const outputs = runLine(line, runtimeOf(exchange, signal));
		let yielded = performance.now();
		for (;;) {
			const next = await Promise.race([outputs.next(), abandoned]);
			if (!next) {
				outputs.return(cancelledStatus).catch(() => undefined);
				return say({kind: 'note', text: 'no longer waiting for it'});
			}
			if (next.done) return;
			if (next.value.kind === 'exit') {
				hasLeft = true;
				world.onExit(next.value.status);
			} else say(next.value, 'soon');
			if (performance.now() - yielded > turn) {
				await new Promise(resolve => setImmediate(resolve));
				yielded = performance.now();
			}
		}
	};

	const runOne = async (line: string) => {
		const at = Date.now();
		work = new AbortController();
		const {signal} = work;
		const {promise: abandoned, resolve} = Promise.withResolvers<undefined>();
		giveUp = () => resolve(undefined);
		store.update(state => ({
			...state,
			now: at,
			running: {line, startedAt: at},
			scrollback: received(state.scrollback, {kind: 'echo', prompt: world.promptText(), line}, at),
		}));
		try {
			await run(line, signal, abandoned);
		} catch (thrown) {
			say({kind: 'error', verb: undefined, error: toShellError(thrown), line});
		}
		reply?.(false);
		work = undefined;
		giveUp = undefined;
		store.update(state => ({
			...state,
			now: Date.now(),
			running: undefined,
			scrollback: settled(state.scrollback),
		}));
		world.onEnd();
	};

	return {
		start: async () => {
			while (!work && !hasLeft) {
				const [line, ...queue] = store.get().queue;
				if (line === undefined) return;
				store.update(state => ({...state, queue}));
				await runOne(line);
			}
		},
		cancel: () => {
			store.update(state => (state.queue.length > 0 ? {...state, queue: []} : state));
			if (work?.signal.aborted) giveUp?.();
			// Until there is a connection nothing listens to the signal.
			else if (store.get().connection !== 'ready') giveUp?.();
			work?.abort();
			reply?.(false);
		},
		answer: answer => reply?.(answer),
	};
}
