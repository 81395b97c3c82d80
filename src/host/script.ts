import {type Runtime, runLine} from '../shell/run-line.ts';
import {isIncomplete} from '../shell/tokenize.ts';
import type {Narrator} from './narrator.ts';
import {isData, type Present} from './present.ts';

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
	readonly write: (bytes: Uint8Array | string) => Promise<void>;
	readonly present: Present;
	readonly keepGoing: boolean;
};

/**
 * Runs lines one after the other, data to `write`, everything else to the narrator, until one fails (or to
 * the end with `keepGoing`). Resolves to the exit code: that of the first line that failed, else 0.
 */
export async function runScript({
	lines,
	runtime,
	narrator,
	present,
	write,
	keepGoing,
}: Script): Promise<number> {
	let firstFailure = 0;
	for await (const {text, at} of joined(lines)) {
		let exit: number | undefined;
		const run = runLine(text, runtime);
		let step = await run.next();
		for (; !step.done; step = await run.next()) {
			const output = step.value;
			if (isData(output)) {
				narrator.clearProgress();
				for await (const part of present(output)) await write(part);
			} else if (output.kind === 'exit') exit = output.status;
			else narrator.say(output, at);
		}
		if (exit !== undefined) return exit;
		firstFailure ||= step.value;
		if (runtime.signal.aborted || (step.value !== 0 && !keepGoing)) break;
	}
	return firstFailure;
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
