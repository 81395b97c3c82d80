import {EventEmitter} from 'node:events';
import {stripVTControlCharacters} from 'node:util';
import {ApolloClient, ApolloLink, InMemoryCache} from '@apollo/client';
import {render} from 'ink';
import {commands} from '../../src/commands/index.ts';
import type {Command} from '../../src/shell/command.ts';
import type {Exchange} from '../../src/shell/ports.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import type {Session} from '../../src/shell/session.ts';
import type {TimeSeriesDb} from '../../src/shell/time-series.ts';
import {App} from '../../src/ui/App.tsx';
import {functionKeys} from '../../src/ui/function-keys.ts';
import type {ScreenOptions, ScreenSide} from '../../src/ui/screen-options.ts';
import {type Pane, panes} from '../../src/ui/state/geometry.ts';
import {paneOf} from '../../src/ui/state/workspace-state.ts';
import {createWorkspace, type Workspace} from '../../src/ui/workspace.ts';
import {memoryAccount} from '../support/memory-account.ts';
import {memoryExchange} from '../support/memory-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';
import {patience} from './patience.ts';

export type OpenScreen = {
	readonly workspace: Workspace;
	/** Sends keys as one chunk, as a terminal does when they are typed fast. */
	readonly type: (keys: string) => void;
	/** Gives the keys to a pane by F2. */
	readonly toPane: (pane: Pane) => void;
	/** The last frame, without colours and trailing blanks. */
	readonly frame: () => readonly string[];
	/** The same with its colours. */
	readonly painted: () => string;
	/** Resolves at the first frame, from the last one on, that has it; rejects with the frame when it takes unreasonably long. */
	readonly waitFor: (wanted: string | RegExp | ((text: string) => boolean)) => Promise<void>;
	readonly resize: (columns: number, rows: number) => void;
	/** What was said when the screen was left. */
	readonly exit: Promise<number>;
	readonly appended: readonly string[];
	readonly ranInTerminal: readonly string[];
	readonly close: () => void;
};

type Given = {
	readonly columns?: number;
	readonly rows?: number;
	readonly exchange?: Exchange;
	readonly commands?: readonly Command[];
	readonly connect?: (exchange: Exchange) => Promise<Exchange>;
	/** Given what a connection may want of the screen. */
	readonly onConnect?: (side: ScreenSide) => void;
	/** Selected when the session starts. */
	readonly database?: TimeSeriesDb;
} & Partial<Pick<ScreenOptions, 'color' | 'processes' | 'greeting' | 'account'>> & {
		readonly history?: readonly string[];
	};

export const sampleTree = {
	'Campus study': {
		cases: {'a.glm': 'module', 'b.glm': 'module'},
		weather: {'hour-1.csv': 'a,b\n', 'hour-2.csv': 'a,b\n', 'été 2010.txt': 'warm'},
		'feeder map (rev 2).pdf': '%PDF',
		'readme.txt': 'hello',
	},
	Other: {},
};

/**
 * The workspace on an in-memory Exchange and a terminal that is only remembered. Not by `render` of
 * ink-testing-library: its terminal has no rows, no other size and no event for a new frame.
 */
export async function openScreen(given: Given = {}): Promise<OpenScreen> {
	const {columns = 120, rows = 40, exchange = memoryExchange(sampleTree), history = []} = given;
	const stdout = new FakeOutput(columns, rows);
	const stdin = new FakeInput();
	const appended: string[] = [];
	const ranInTerminal: string[] = [];
	const exit = Promise.withResolvers<number>();
	const session: Session = {
		location: undefined,
		previous: undefined,
		database: undefined,
		localDirectory: '/home',
		status: 0,
	};
	const client = new ApolloClient({cache: new InMemoryCache(), link: ApolloLink.empty()});
	const options: ScreenOptions = {
		connect: async side => {
			given.onConnect?.(side);
			const connected = await (given.connect?.(exchange) ?? exchange);
			const [store] = await connected.listDataStores();
			return {
				exchange: {...connected, client},
				session: {...session, location: store && rootOf(store), database: given.database},
			};
		},
		account: given.account ?? memoryAccount(),
		session,
		commands: given.commands ?? commands,
		local: memoryFiles({'/home/note.txt': 'x'}),
		processes: given.processes ?? {
			run: async function* () {
				yield* [];
				return 0;
			},
		},
		runInTerminal: command => {
			ranInTerminal.push(command);
			return 0;
		},
		history: {lines: history, append: line => void appended.push(line)},
		greeting: given.greeting ?? [],
		endpointLabel: 'local exchange',
		color: given.color ?? false,
	};
	const workspace = createWorkspace({
		options,
		size: {columns, rows},
		suspend: async use => use(),
		redraw: () => undefined,
		onExit: exit.resolve,
	});
	const app = render(<App workspace={workspace} />, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: functionKeys(stdin as unknown as NodeJS.ReadStream),
		stderr: new FakeOutput(columns, rows) as unknown as NodeJS.WriteStream,
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	const frame = () =>
		stripVTControlCharacters(stdout.last)
			.split('\n')
			.map(line => line.trimEnd());
	return {
		workspace,
		type: keys => stdin.send(keys),
		toPane: pane => {
			for (const _ of panes) if (paneOf(workspace.store.get()) !== pane) stdin.send('\u001bOQ');
		},
		frame,
		painted: () => stdout.last,
		waitFor: wanted =>
			new Promise((resolve, reject) => {
				const check = () => {
					const text = frame().join('\n');
					if (!matches(text, wanted)) return;
					clearTimeout(limit);
					stdout.off('frame', check);
					resolve();
				};
				const limit = setTimeout(() => {
					stdout.off('frame', check);
					reject(new Error(`no ${wanted} in:\n${frame().join('\n')}`));
				}, patience);
				stdout.on('frame', check);
				check();
			}),
		resize: (nextColumns, nextRows) => {
			Object.assign(stdout, {columns: nextColumns, rows: nextRows});
			stdout.emit('resize');
		},
		exit: exit.promise,
		appended,
		ranInTerminal,
		close: () => {
			app.unmount();
			workspace.close();
		},
	};
}

class FakeOutput extends EventEmitter {
	columns: number;
	rows: number;
	last = '';

	constructor(columns: number, rows: number) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	write(frame: string): boolean {
		if (frame === '') return true;
		this.last = frame;
		this.emit('frame');
		return true;
	}
}

class FakeInput extends EventEmitter {
	readonly isTTY = true;
	#chunk: string | null = null;

	send(chunk: string): void {
		this.#chunk = chunk;
		this.emit('readable');
	}

	read(): string | null {
		const chunk = this.#chunk;
		this.#chunk = null;
		return chunk;
	}

	setEncoding(): void {}
	setRawMode(): void {}
	ref(): void {}
	unref(): void {}
}

function matches(text: string, wanted: string | RegExp | ((text: string) => boolean)): boolean {
	if (typeof wanted === 'function') return wanted(text);
	return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}
