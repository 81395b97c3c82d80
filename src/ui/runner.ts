import {picture} from '../render/picture.ts';
import {plain} from '../render/plain.ts';
import type {Account} from '../shell/account.ts';
import type {Command, Output} from '../shell/command.ts';
import {type ShellError, toShellError} from '../shell/errors.ts';
import type {Exchange, LocalFiles, LocalProcesses} from '../shell/ports.ts';
import {type Runtime, runLine} from '../shell/run-line.ts';
import type {SessionAction} from '../shell/session.ts';
import type {Prepare} from '../shell/starting-database.ts';
import {needsExchange, unreachable} from '../shell/unreachable.ts';
import {emptyLine} from './state/line.ts';
import {promptCleared} from './state/prompt.ts';
import {plainQueued} from './state/queue.ts';
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
	/** Asks in the name of the running line for what nobody may see; undefined at once when no line runs. */
	readonly askSecret: (question: string) => Promise<string | undefined>;
};

type World = {
	readonly store: Store<State>;
	/** Rejects when there is no way to the Exchange. */
	readonly connected: () => Promise<Exchange>;
	/** The Exchange of now, which a line may exchange for another; undefined where there is none. */
	readonly exchange: () => Exchange | undefined;
	readonly prepare: Prepare;
	readonly account: Account;
	readonly dispatch: (action: SessionAction) => void;
	readonly commands: readonly Command[];
	readonly local: LocalFiles;
	readonly processes: LocalProcesses;
	readonly edit?: NonNullable<Runtime['edit']>;
	readonly promptText: () => string;
	/** Takes each line that runs, or that is given up before, to keep it where it may be kept. */
	readonly keep: (line: string) => void;
	/** Whether a line is being typed, without a pause. */
	readonly isTyping: () => boolean;
	readonly onEnd: () => void;
	readonly onExit: (status: number) => void;
};

/** What an answer comes to, and what is repeated of it. */
type Read<T> = (answer: boolean | string) => {readonly value: T; readonly said: string};

const unasked = {question: undefined, answer: undefined, isSecret: false, isTypedAhead: false} as const;

/** The longest that outputs keep the keys waiting, ms. */
const turn = 8;

const cancelledStatus = 130;

function toFailure(thrown: unknown): {readonly failure: ShellError} {
	return {failure: toShellError(thrown)};
}

/** Runs what is entered and puts what it says on the screen. */
export function createRunner(world: World): Runner {
	const {store} = world;
	let work: AbortController | undefined;
	let giveUp: (() => void) | undefined;
	let hasLeft = false;
	let reply: ((answer: boolean | string) => void) | undefined;
	/** One question at a time: beside what the line asks, its connection may ask for a new token. */
	let asked: Promise<unknown> = Promise.resolve();

	const say = (output: Output, when?: 'now' | 'soon') => {
		const at = Date.now();
		store.update(state => ({...state, now: at, scrollback: received(state.scrollback, output, at)}), when);
	};

	/** Asks in place of the prompt; `read` makes of the answer what is repeated behind the question. */
	const put = <T>(question: string, shown: Pick<State, 'answer' | 'isSecret'>, read: Read<T>) => {
		const answered = asked.then(() => (work ? putNow(question, shown, read) : read(false).value));
		asked = answered;
		return answered;
	};
	const putNow = <T>(question: string, shown: Pick<State, 'answer' | 'isSecret'>, read: Read<T>) =>
		new Promise<T>(resolve => {
			const isTypedAhead = world.isTyping() && store.get().prompt.line.text !== '';
			store.update(state => ({...state, question, ...shown, isTypedAhead}));
			reply = given => {
				reply = undefined;
				store.update(state => ({...state, ...unasked}));
				const {value, said} = read(given);
				say({kind: 'note', text: `${question} ${said}`.trimEnd()});
				resolve(value);
			};
		});
	const confirm = (question: string) =>
		put(question, {answer: undefined, isSecret: false}, answer => ({
			value: answer === true,
			said: `[y/N] ${answer === true ? 'y' : 'n'}`,
		}));
	const ask = (question: string) =>
		put(question, {answer: emptyLine, isSecret: false}, answer => {
			const text = typeof answer === 'string' ? answer.trim() : '';
			return {value: text, said: text};
		});
	const readSecret: Read<string> = answer => {
		const text = typeof answer === 'string' ? answer.trim() : '';
		return {value: text, said: text === '' ? '' : '••••'};
	};
	const askSecret = (question: string, answer = emptyLine) =>
		put(question, {answer, isSecret: true}, readSecret);
	/** What was entered behind the line that asks is the answer, what is being typed there its beginning. */
	const askCommandSecret = async (question: string) => {
		const {queue, prompt} = store.get();
		const [early, ...later] = queue;
		if (early === undefined) {
			store.update(state => ({...state, prompt: promptCleared(prompt)}));
			return await askSecret(question, prompt.line);
		}
		store.update(state => ({...state, queue: later}));
		const {value, said} = readSecret(early);
		say({kind: 'note', text: `${question} ${said}`.trimEnd()});
		return value;
	};

	const runtimeOf = (failure: ShellError | undefined, signal: AbortSignal): Runtime => ({
		session: () => store.get().session,
		dispatch: world.dispatch,
		prepare: async (command, lineSignal) => {
			if (failure && !world.exchange() && needsExchange(command)) throw failure;
			await world.prepare(command, lineSignal);
		},
		get exchange() {
			return world.exchange() ?? unreachable(failure);
		},
		local: world.local,
		processes: world.processes,
		...(world.edit && {edit: world.edit}),
		commands: world.commands,
		signal,
		now: Date.now,
		interactive: true,
		confirm,
		ask,
		askSecret: askCommandSecret,
		account: world.account,
		history: () => store.get().history,
		json: false,
		plain,
		picture,
	});

	const run = async (line: string, signal: AbortSignal, abandoned: Promise<undefined>) => {
		// Without a connection one can still sign in, or go where there is one.
		const connected = world.connected().then(() => ({failure: undefined}), toFailure);
		const way = await Promise.race([connected, abandoned]);
		if (!way) return say({kind: 'note', text: 'cancelled'});
		const outputs = runLine(line, runtimeOf(way.failure, signal));
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
		world.keep(line);
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
			const state = store.get();
			for (const line of state.queue.slice(0, plainQueued(state))) world.keep(line);
			store.update(current => (current.queue.length > 0 ? {...current, queue: []} : current));
			if (work?.signal.aborted) giveUp?.();
			// Until there is a connection nothing listens to the signal.
			else if (!world.exchange()) giveUp?.();
			work?.abort();
			store.update(({running, ...state}) => ({...state, running: running && {...running, isEnding: true}}));
			reply?.(false);
		},
		answer: answer => reply?.(answer),
		askSecret: async question => (work ? await askSecret(question) : undefined),
	};
}
