import {type LayoutOptions, type Lines, layout} from '../render/layout.ts';
import {linesOf} from '../render/lines.ts';
import {sanitize} from '../render/sanitize.ts';
import {truncate} from '../render/width.ts';
import type {Output} from '../shell/command.ts';
import {toShellError} from '../shell/errors.ts';
import {drawLine} from './prompt/draw-line.ts';
import type {Block, Echo} from './state/scrollback.ts';
import type {Measure} from './state/view.ts';
import type {Paint} from './theme.ts';

/** Lays blocks out for a width, charts also for the window's rows. Only blocks looked at are laid out, and each once. */
export function createMeasure(width: number, color: boolean, paint: Paint, rows?: number): Measure {
	const options = {width, color, ...(rows !== undefined && {rows})};
	const echoes = new WeakMap<Block, ReturnType<Measure>>();
	return block => {
		const {content, at} = block;
		if (content.kind !== 'echo') return laidOut(content, {...options, now: at});
		const known = echoes.get(block) ?? linesOf(echoRows(content, width, paint));
		echoes.set(block, known);
		return known;
	};
}

/** One output that cannot be drawn does not take the screen with it. */
function laidOut(output: Output, options: LayoutOptions): Lines {
	try {
		return layout(output, options);
	} catch (thrown) {
		return linesOf([truncate(sanitize(`cannot be shown: ${toShellError(thrown).message}`), options.width)]);
	}
}

function echoRows({prompt, line}: Echo, width: number, paint: Paint): readonly string[] {
	const text = sanitize(prompt);
	const label = {text, painted: paint('hint', text)};
	return drawLine({label, text: line, cursor: line.length, width, maxRows: Number.POSITIVE_INFINITY, paint})
		.rows;
}
