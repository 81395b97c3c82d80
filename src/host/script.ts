import type {Output} from '../shell/command.ts';
import {type Runtime, runLine} from '../shell/run-line.ts';
import {isIncomplete} from '../shell/tokenize.ts';
import type {Narrator} from './narrator.ts';

export type Line = {
	readonly text: string;
	/** Where it stands, such as `nightly.adx:12`; not for `-c`. */
	readonly at?: string;
};

type Script = {
	readonly lines: AsyncIterable<Line> | Iterable<Line>;
	readonly runtime: Runtime;
	readonly narrator: Narrator;
	/** Takes data; resolves when more may be written. */
	readonly write: (bytes: Uint8Array) => Promise<void>;
	readonly keepGoing: boolean;
};

/**
 * Runs lines one after the other, data to `write`, everything else to the narrator, until one fails (or to
 * the end with `keepGoing`). Resolves to the exit code: that of the first line that failed, else 0.
 */
export async function runScript({lines, runtime, narrator, write, keepGoing}: Script): Promise<number> {
	let firstFailure = 0;
	for await (const {text, at} of joined(lines)) {
		let exit: number | undefined;
		const run = runLine(text, runtime);
		let step = await run.next();
		for (; !step.done; step = await run.next()) {
			const output = step.value;
			if (isData(output)) {
				narrator.clearProgress();
				await writeData(output, runtime, write);
			} else if (output.kind === 'exit') exit = output.status;
			else narrator.say(output, at);
		}
		if (exit !== undefined) return exit;
		firstFailure ||= step.value;
		if (runtime.signal.aborted || (step.value !== 0 && !keepGoing)) break;
	}
	return firstFailure;
}

/** Writes a data output as a pipe gets it. */
export async function writeData(
	output: Output,
	{plain, json}: Pick<Runtime, 'plain' | 'json'>,
	write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
	for await (const bytes of plain(only(output), {json})) await write(bytes);
}

async function* only(output: Output): AsyncGenerator<Output> {
	yield output;
}

/** What belongs on stdout; the rest is narration. */
export function isData({kind}: Output): boolean {
	return kind === 'records' || kind === 'text' || kind === 'bytes';
}

/** A line that ends inside quotes goes on in the next one. */
async function* joined(lines: Script['lines']): AsyncGenerator<Line> {
	let open: Line | undefined;
	for await (const line of lines) {
		const whole: Line = open ? {...open, text: `${open.text}\n${line.text}`} : line;
		open = isIncomplete(whole.text) ? whole : undefined;
		if (!open) yield whole;
	}
	if (open) yield open;
}
