import {render, type SuspendTerminal} from 'ink';
import {sanitize} from '../render/sanitize.ts';
import {toShellError} from '../shell/errors.ts';
import {App} from './App.tsx';
import {functionKeys} from './function-keys.ts';
import {createMeasure} from './measure.ts';
import type {ScreenOptions} from './screen-options.ts';
import {transcript} from './transcript.ts';
import {createWorkspace} from './workspace.ts';

export type {Connected, ScreenExchange, ScreenOptions} from './screen-options.ts';

/** Signals that end the program, and what its exit code is then. */
const endings = {SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143} as const;

/**
 * Shows the workspace until the user leaves it. The terminal is then as it was found, with the session's
 * transcript printed. Resolves to the exit code; 1 after an error of the screen itself, which is printed.
 */
export async function startScreen(options: ScreenOptions): Promise<number> {
	const {stdin, stdout, stderr} = process;
	const left = Promise.withResolvers<number>();
	let suspendTerminal: SuspendTerminal | undefined;
	const workspace = createWorkspace({
		options,
		size: {columns: stdout.columns, rows: stdout.rows},
		suspend: async use => {
			await suspendTerminal?.(use);
		},
		redraw: () => screen.clear(),
		onExit: left.resolve,
	});

	const screen = render(
		<App
			workspace={workspace}
			onTerminal={terminal => {
				suspendTerminal = terminal;
			}}
		/>,
		{
			stdin: functionKeys(stdin),
			alternateScreen: true,
			incrementalRendering: true,
			maxFps: 1000,
			exitOnCtrlC: false,
			// A shell at a terminal is for a person, also where a variable says CI.
			interactive: true,
		},
	);
	// An error in drawing ends Ink by itself.
	screen.waitUntilExit().then(() => left.resolve(0), left.reject);
	const onFailure = (error: unknown) => left.reject(error);
	const onSignal = (signal: NodeJS.Signals) => left.resolve(endings[signal as keyof typeof endings]);
	process.on('uncaughtException', onFailure);
	process.on('unhandledRejection', onFailure);
	for (const signal of Object.keys(endings)) process.on(signal, onSignal);

	let failure: unknown;
	const status = await left.promise.catch((thrown: unknown) => {
		failure = thrown;
		return 1;
	});
	screen.unmount();
	await screen.waitUntilExit().catch(() => undefined);
	process.off('uncaughtException', onFailure);
	process.off('unhandledRejection', onFailure);
	for (const signal of Object.keys(endings)) process.off(signal, onSignal);

	workspace.close();
	const measure = createMeasure(stdout.columns, options.color, workspace.scene.paint);
	for (const line of transcript(workspace.store.get().scrollback, measure)) stdout.write(`${line}\n`);
	if (failure !== undefined) stderr.write(`adx-shell: ${sanitize(toShellError(failure).message)}\n`);
	return status;
}
