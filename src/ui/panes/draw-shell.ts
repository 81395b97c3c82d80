import {progressLine} from '../../render/progress-line.ts';
import {sanitize, sanitizeLines} from '../../render/sanitize.ts';
import {textWidth, truncate, wrapWords} from '../../render/width.ts';
import {counted, readableCount} from '../../shell/readable.ts';
import {type Caret, drawLine} from '../prompt/draw-line.ts';
import {drawMenu} from '../prompt/draw-menu.ts';
import {type Label, promptLabel} from '../prompt/label.ts';
import type {Wrap} from '../prompt/row-starts.ts';
import type {Extent} from '../state/geometry.ts';
import type {Line} from '../state/line.ts';
import {suggestion} from '../state/prompt.ts';
import {plainQueued} from '../state/queue.ts';
import {type Measure, unseenLines, visibleLines} from '../state/view.ts';
import type {State} from '../state/workspace-state.ts';
import type {Paint} from '../theme.ts';

type Look = {
	/** What the text may take. */
	readonly extent: Extent;
	readonly measure: Measure;
	readonly paint: Paint;
	/** Whether the shell knows a command of that name. */
	readonly isCommand: (name: string) => boolean;
	/** Wraps the prompt's line. */
	readonly wrap: Wrap;
};

export type DrawnShell = {readonly rows: readonly string[]; readonly caret: Caret};

/** The shell's text: what was said, work under way, the prompt or a question, the completion menu. */
export function drawShell(state: State, look: Look): DrawnShell {
	const {extent, measure, paint} = look;
	const input = drawInput(state, look);
	const beneath = drawBeneath(state, look);
	const height = Math.max(0, extent.height - input.rows.length - beneath.length);
	const isScrolled = state.view.kind === 'from' && height > 1;
	const above = visibleLines(state.scrollback, state.view, isScrolled ? height - 1 : height, measure);
	if (isScrolled) above.push(paint('warning', scrollMark(state, measure)));
	const rows = [...above, ...beneath, ...input.rows].slice(0, extent.height);
	return {rows, caret: {...input.caret, row: above.length + beneath.length + input.caret.row}};
}

/** Rows that a scrolled view has. */
export function scrollHeight(state: State, look: Look): number {
	return Math.max(
		1,
		look.extent.height - drawInput(state, look).rows.length - drawBeneath(state, look).length - 1,
	);
}

function scrollMark(state: State, measure: Measure): string {
	const lines = unseenLines(state.scrollback, state.view, measure);
	if (lines === 0) return '↓ more';
	return `↓ ${readableCount(lines)}${lines >= 1000 ? ' or more' : ''} new ${lines === 1 ? 'line' : 'lines'}`;
}

function drawBeneath(state: State, {extent: {width, height}, paint}: Look): string[] {
	const {scrollback, queue, now} = state;
	const work = scrollback.live.slice(0, Math.max(1, Math.floor(height / 3)));
	const plain = plainQueued(state);
	const next = queue
		.slice(0, queueShown)
		.map((line, index) => `next: ${index < plain ? line.replaceAll('\n', ' ') : '••••'}`);
	if (queue.length > queueShown) next.push(`and ${counted(queue.length - queueShown, 'line')} more`);
	return [
		...work.map(progress => paint('work', progressLine(progress, {width, now}))),
		...next.map(line => paint('hint', truncate(sanitize(line), width))),
	];
}

/** Lines waiting that are shown; the prompt must never be pushed off the screen. */
const queueShown = 3;

function drawInput(state: State, look: Look): DrawnShell {
	if (state.question === undefined) return drawPrompt(state, look);
	const asked = drawQuestion(state.question, state.answer, state.isSecret, look);
	if (state.prompt.line.text === '' && !state.isTypedAhead) return asked;
	// What is typed stays in sight, and the caret in it as long as the keys go there.
	const line = drawPrompt(state, look);
	const rows = [...asked.rows, ...line.rows];
	const {row, column} = line.caret;
	return {rows, caret: state.isTypedAhead ? {row: asked.rows.length + row, column} : asked.caret};
}

function drawPrompt(state: State, look: Look): DrawnShell {
	const {extent, paint} = look;
	const {prompt} = state;
	const {text, cursor} = prompt.line;
	const line = drawLine({
		label: prompt.search ? searchLabel(prompt.search.query, paint) : labelOf(state, look),
		text,
		cursor,
		suggestion: suggestion(prompt, state.history),
		width: extent.width,
		maxRows: Math.max(1, Math.floor(extent.height / 2)),
		paint,
		wrap: look.wrap,
		unknown: prompt.search ? 0 : unknownLength(text, look.isCommand),
	});
	if (!prompt.menu) return line;
	const height = Math.min(10, Math.max(1, Math.floor((extent.height - line.rows.length) / 2)));
	const menu = drawMenu(prompt.menu, {width: extent.width, height, now: state.now, paint});
	return {rows: [...line.rows, ...menu], caret: line.caret};
}

function labelOf({session}: State, {extent, paint}: Look): Label {
	return promptLabel(session, Math.floor(extent.width / 2), paint);
}

function searchLabel(query: string, paint: Paint): Label {
	const text = `search ‹${sanitizeLines(query)}› `;
	return {text, painted: paint('work', text)};
}

/** The question in place of the prompt, with what is typed where an answer is. */
function drawQuestion(
	question: string,
	given: Line | undefined,
	isSecret: boolean,
	{extent, paint}: Look,
): DrawnShell {
	const rows = sanitizeLines(given ? `${question} ` : `${question} [y/N] `)
		.split('\n')
		.flatMap(row => wrapWords(row, extent.width - 1));
	const painted = rows.map(row => paint('warning', row));
	const label = {text: rows.at(-1) ?? '', painted: painted.at(-1) ?? ''};
	const answer = given && isSecret ? hidden(given, extent.width - textWidth(label.text) - 1) : given;
	if (!answer) return {rows: painted, caret: {row: rows.length - 1, column: textWidth(label.text)}};
	const maxRows = Math.max(1, extent.height - rows.length);
	const line = drawLine({
		label,
		text: answer.text,
		cursor: answer.cursor,
		width: extent.width,
		maxRows,
		paint,
	});
	return {
		rows: [...painted.slice(0, -1), ...line.rows],
		caret: {...line.caret, row: rows.length - 1 + line.caret.row},
	};
}

/** As many dots as there is something, up to what tells that it is there, and fits. */
function hidden(answer: Line, room: number): Line {
	const shown = Math.min(answer.text.length, longestHidden, Math.max(1, room));
	return {...answer, text: '•'.repeat(shown), cursor: Math.min(answer.cursor, shown)};
}

const longestHidden = 20;

/** Units up to the end of a first word that is no command; 0 while it is being typed. */
function unknownLength(text: string, isCommand: (name: string) => boolean): number {
	const [whole, name] = /^\s*([\w.?-]+)(?=\s)/.exec(text) ?? [];
	return whole === undefined || name === undefined || isCommand(name) ? 0 : whole.length;
}
