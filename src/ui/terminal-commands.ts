import type {LocalProcesses} from '../shell/ports.ts';
import type {ScreenOptions} from './screen-options.ts';

/** Programs that draw on the terminal or read its keys themselves. */
const interactive = new Set(
	['vi', 'vim', 'nvim', 'nano', 'emacs', 'pico', 'micro', 'hx', 'less', 'more', 'most', 'man', 'info']
		.concat(['top', 'htop', 'btop', 'watch', 'ssh', 'sftp', 'mosh', 'tmux', 'screen', 'fzf', 'su', 'sudo'])
		.concat(['sh', 'bash', 'zsh', 'fish', 'python', 'python3', 'node', 'psql', 'sqlite3', 'duckdb', 'R']),
);

/** Whether a local command needs the terminal: no command at all is a shell, `EDITOR` and `PAGER` count. */
export function needsTerminal(
	command: string,
	environment: Readonly<Record<string, string | undefined>>,
): boolean {
	const [word = '', ...rest] = command.trim().split(/\s+/);
	if (word === '') return true;
	const name = baseName(word);
	const chosen = [environment.EDITOR, environment.VISUAL, environment.PAGER];
	if (chosen.some(program => program && baseName(program.trim().split(/\s+/)[0] ?? '') === name)) return true;
	// `python3 script.py` and `node build.js` print; without arguments they ask.
	const asksAlone = /^(sh|bash|zsh|fish|python3?|node|psql|sqlite3|duckdb|R)$/.test(name);
	return interactive.has(name) && !(asksAlone && rest.length > 0);
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

type Terminal = {
	readonly processes: LocalProcesses;
	/** Runs `use` while the terminal is as the screen found it. */
	readonly suspend: (use: () => void) => Promise<void>;
	readonly runInTerminal: ScreenOptions['runInTerminal'];
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Local commands on a screen: their output is shown on it, but for those that need the terminal. */
export function screenProcesses({processes, suspend, runInTerminal, environment}: Terminal): LocalProcesses {
	return {
		async *run(command, options) {
			if (!needsTerminal(command, environment)) return yield* processes.run(command, options);
			const input = options.input && Buffer.concat(await Array.fromAsync(options.input));
			let status = 1;
			await suspend(() => {
				status = runInTerminal(command, options.directory, input);
			});
			return status;
		},
	};
}
