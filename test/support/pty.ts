import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The terminal's visible lines, top to bottom, without trailing blanks. */
export type Screen = readonly string[];

export type ProgramOptions = {
	/** Arguments of Node: a script and its own arguments, or `-e CODE`. */
	readonly args: readonly string[];
	readonly columns: number;
	readonly rows: number;
	/**
	 * Added to `PATH`, a UTF-8 locale and the terminal's type; nothing else is inherited, so a test's
	 * own `CI`, `NODE_ENV` or `ADX_…` never leak. Give the XDG folders and `HOME` here.
	 */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Working directory. */
	readonly directory: string;
};

export type Exit = {
	readonly exitCode: number;
	/** Number of the signal that ended it, else undefined. */
	readonly signal: number | undefined;
};

export type Program = {
	readonly pid: number;
	/** Types `text`, escape sequences as they are; `\r` is Enter. Ignored after the end. */
	readonly write: (text: string) => void;
	/** Never in the middle of a synchronized update: as people see it. */
	readonly screen: () => Screen;
	/** The visible lines and those that scrolled off (10,000 at most). */
	readonly scrollback: () => Screen;
	/** Counted from 0 at the screen's top left. */
	readonly cursor: () => {readonly column: number; readonly row: number; readonly visible: boolean};
	/** Where modes, colours and the kind of buffer can be asked for. */
	readonly terminal: xterm.Terminal;
	/**
	 * Resolves when the screen, lines joined by `\n`, has the text; asked now and each time output was
	 * drawn. Rejects with the screen after 20 seconds, or
	 * when the program has ended without it. What was there before a key was typed matches too.
	 */
	readonly waitFor: (wanted: string | RegExp | ((screen: Screen) => boolean)) => Promise<void>;
	readonly resize: (columns: number, rows: number) => void;
	/** Resolves when the program has ended and all it wrote is on the screen. */
	readonly exit: Promise<Exit>;
	/** All bytes the program wrote so far. */
	readonly transcript: () => Buffer;
	/** Does nothing after the end. */
	readonly kill: (signal?: NodeJS.Signals) => void;
};

const patience = 20_000;

/** Runs Node in a terminal of its own and draws what it writes. */
export function startProgram({args, columns, rows, env, directory}: ProgramOptions): Program {
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 10_000, allowProposedApi: true});
	const pty = spawn(process.execPath, [...args], {
		cols: columns,
		rows,
		cwd: directory,
		env: cleanEnvironment(env),
		// Raw bytes: a multi-byte letter may be cut between two chunks, the terminal joins it.
		encoding: null,
	});
	const chunks: Uint8Array[] = [];
	const cursorIsVisible = trackCursor(terminal);
	const waiting = new Set<() => void>();
	let ended: Exit | undefined;

	const write = (text: string) => {
		if (ended === undefined) pty.write(text);
	};
	const notify = () => {
		for (const check of waiting) check();
	};
	const wholeUpdates = holdUpdates(bytes => terminal.write(bytes, notify));
	pty.onData(data => {
		const bytes: Uint8Array = typeof data === 'string' ? Buffer.from(data) : data;
		chunks.push(bytes);
		wholeUpdates.push(bytes);
	});
	// Answers to the program's questions, such as where the cursor is.
	terminal.onData(answer => write(answer));
	const exit = new Promise<Exit>(resolve => {
		pty.onExit(({exitCode, signal}) => {
			wholeUpdates.flush();
			terminal.write('', () => {
				ended = {exitCode, signal: signal || undefined};
				notify();
				resolve(ended);
			});
		});
	});

	const lines = (from: number) => {
		const buffer = terminal.buffer.active;
		return Array.from({length: buffer.baseY + terminal.rows - from}, (_, row) =>
			(buffer.getLine(from + row)?.translateToString(true) ?? '').trimEnd(),
		);
	};
	const screen = () => lines(terminal.buffer.active.baseY);

	const waitFor: Program['waitFor'] = wanted =>
		new Promise((resolve, reject) => {
			const finish = (settle: () => void) => {
				clearTimeout(timer);
				waiting.delete(check);
				settle();
			};
			const fail = (why: string) => finish(() => reject(new Error(describe(why, wanted, screen()))));
			const check = () => {
				if (matches(wanted, screen())) finish(resolve);
				else if (ended !== undefined) fail(`the program ended with ${JSON.stringify(ended)}`);
			};
			const timer = setTimeout(fail, patience, `not within ${patience / 1000} s`);
			waiting.add(check);
			// Behind the bytes that have come but are not drawn yet.
			terminal.write('', () => waiting.has(check) && check());
		});

	return {
		pid: pty.pid,
		write,
		screen,
		scrollback: () => lines(0),
		cursor: () => ({
			column: terminal.buffer.active.cursorX,
			row: terminal.buffer.active.cursorY,
			visible: cursorIsVisible(),
		}),
		terminal,
		waitFor,
		resize: (toColumns, toRows) => {
			terminal.resize(toColumns, toRows);
			if (ended === undefined) pty.resize(toColumns, toRows);
		},
		exit,
		transcript: () => Buffer.concat(chunks),
		kill: (signal = 'SIGKILL') => {
			if (ended === undefined) pty.kill(signal);
		},
	};
}

/**
 * Passes bytes on, those of a synchronized update (DEC mode 2026) all together once it has ended, so that nobody looks
 * at a screen that is half drawn.
 */
function holdUpdates(pass: (bytes: Uint8Array) => void) {
	const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l'] as const;
	let held = Buffer.alloc(0);
	const passUntil = (index: number) => {
		if (index > 0) pass(held.subarray(0, index));
		held = held.subarray(index);
	};
	return {
		push: (bytes: Uint8Array) => {
			held = Buffer.concat([held, bytes]);
			const opened = held.lastIndexOf(begin);
			if (opened > held.lastIndexOf(end)) passUntil(opened);
			else passUntil(held.length - beginsAtEnd(held, begin));
		},
		flush: () => passUntil(held.length),
	};
}

/** How many bytes at the end may be the start of `sequence`, whose rest has not come yet. */
function beginsAtEnd(bytes: Buffer, sequence: string): number {
	for (let length = sequence.length - 1; length > 0; length--)
		if (bytes.subarray(-length).toString('latin1') === sequence.slice(0, length)) return length;
	return 0;
}

function cleanEnvironment(env: ProgramOptions['env']): Record<string, string> {
	const all = {
		PATH: process.env.PATH,
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		...env,
	};
	return Object.fromEntries(
		Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
	);
}

function trackCursor(terminal: xterm.Terminal): () => boolean {
	let visible = true;
	const watch = (final: 'h' | 'l') =>
		terminal.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) visible = final === 'h';
			return false;
		});
	watch('h');
	watch('l');
	return () => visible;
}

function matches(wanted: Parameters<Program['waitFor']>[0], screen: Screen): boolean {
	if (typeof wanted === 'function') return wanted(screen);
	const text = screen.join('\n');
	return typeof wanted === 'string' ? text.includes(wanted) : text.search(wanted) !== -1;
}

function describe(why: string, wanted: Parameters<Program['waitFor']>[0], screen: Screen): string {
	const lines = screen.map(line => `│${line}`).join('\n');
	return `waited for ${typeof wanted === 'string' ? JSON.stringify(wanted) : wanted}: ${why}; the screen:\n${lines}`;
}
