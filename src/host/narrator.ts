import {errorText} from '../render/error-text.ts';
import {progressLine} from '../render/progress-line.ts';
import {sanitize} from '../render/sanitize.ts';
import type {Output, Progress} from '../shell/command.ts';

type Stream = {
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly write: (text: string) => unknown;
};

/** Says on stderr what is not data: notes, errors, and how far a transfer is. */
export type Narrator = {
	/** `at` names the script line an error belongs to. */
	readonly say: (output: Output, at?: string) => void;
	/** Wipes a half-drawn progress line, so that data can follow. */
	readonly clearProgress: () => void;
};

/** ms between two progress lines where they cannot be drawn over. */
const logInterval = 5_000;
const drawInterval = 100;
const eraseLine = '\r\u001b[K';

/**
 * On a terminal progress is one line drawn over itself; elsewhere (a log, or a screen reader with
 * `draws: false`) a line every few seconds and one at the end.
 */
export function createNarrator(
	stream: Stream,
	{draws = stream.isTTY === true}: {readonly draws?: boolean} = {},
): Narrator {
	let drawn = false;
	let saidAt = 0;

	const clearProgress = () => {
		if (drawn) stream.write(eraseLine);
		drawn = false;
	};
	const sayProgress = (progress: Progress) => {
		if (saidAt === 0) saidAt = draws ? 0 : progress.startedAt;
		if (!progress.done && progress.at - saidAt < (draws ? drawInterval : logInterval)) return;
		saidAt = progress.done ? 0 : progress.at;
		const width = draws ? (stream.columns ?? 80) - 1 : 1_000;
		const line = progressLine(progress, {width, now: progress.at});
		clearProgress();
		stream.write(draws && !progress.done ? line : `${line}\n`);
		drawn = draws && !progress.done;
	};
	return {
		clearProgress,
		say: (output, at) => {
			if (output.kind === 'progress') sayProgress(output);
			if (output.kind === 'note') {
				clearProgress();
				stream.write(`${sanitize(output.text)}\n`);
			}
			if (output.kind === 'error') {
				clearProgress();
				stream.write(`${at ? `${at}: ` : ''}${errorText(output)}\n`);
			}
		},
	};
}
