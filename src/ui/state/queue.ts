import {isIncomplete} from '../../shell/tokenize.ts';
import type {State} from './workspace-state.ts';

/** Whether a line asks for a token when nothing else gives one. */
function signsIn(line: string): boolean {
	return /(^|[;&|\n])\s*login\b/.test(line);
}

/**
 * How many of the lines that wait are lines to run, as far as one can know: behind one that signs in may stand
 * what it will ask for.
 */
export function plainQueued({running, queue}: Pick<State, 'running' | 'queue'>): number {
	if (running && signsIn(running.line)) return 0;
	const first = queue.findIndex(signsIn);
	return first === -1 ? queue.length : first + 1;
}

/** The lines in a text of several rows: one, unless a row signs in and the next may be what it asks for. */
export function linesEntered(text: string): readonly string[] {
	if (!text.includes('\n') || !signsIn(text)) return [text];
	const lines: string[] = [];
	for (const row of text.split('\n')) {
		const last = lines.at(-1);
		if (last !== undefined && isIncomplete(last)) lines[lines.length - 1] = `${last}\n${row}`;
		else lines.push(row);
	}
	return lines;
}
