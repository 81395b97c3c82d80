import {sanitize} from '../render/sanitize.ts';
import {readableCount} from '../shell/readable.ts';
import {type Block, blockAt, type Scrollback} from './state/scrollback.ts';
import type {Measure} from './state/view.ts';

/** The most that is printed when the screen is left: what a terminal keeps, more or less. */
const bound = 10_000;

/** The session as lines for the terminal's own screen, oldest first; where there are too many, the last ones. */
export function* transcript(scrollback: Scrollback, measure: Measure): Generator<string> {
	let first = scrollback.end;
	let lines = 0;
	while (first > scrollback.first && lines < bound) {
		first--;
		lines += measure(blockAt(scrollback, first)!).length;
	}
	if (first > scrollback.first) {
		yield sanitize(`… ${readableCount(first - scrollback.first)} earlier outputs are not repeated here`);
	}
	for (let number = first; number < scrollback.end; number++) {
		const block = blockAt(scrollback, number)!;
		if (isSecret(block)) {
			yield '…';
			continue;
		}
		const layout = measure(block);
		const skipped = number === first ? Math.max(0, lines - bound) : 0;
		for (let index = skipped; index < layout.length; index++) yield layout.at(index);
	}
}

/** Whether it was for the one look at the screen. */
function isSecret({content}: Block): boolean {
	return (content.kind === 'text' || content.kind === 'records') && content.secret === true;
}
