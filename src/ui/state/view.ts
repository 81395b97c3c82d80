import type {Lines} from '../../render/layout.ts';
import {type Block, blockAt, type Scrollback} from './scrollback.ts';

/** What is seen of the scrollback: its end, whatever comes, or the lines from a place on. */
export type View =
	| {readonly kind: 'end'}
	| {
			readonly kind: 'from';
			/** Number of the block whose line `line` is the topmost. */
			readonly block: number;
			readonly line: number;
			/** Blocks from this one on came after the user had scrolled away. */
			readonly seen: number;
	  };

/** Lays a block out; asked only for blocks near what is seen. */
export type Measure = (block: Block) => Lines;

type Place = {readonly block: number; readonly line: number};

export const atEnd: View = {kind: 'end'};

/** At most `height` lines, topmost first. */
export function visibleLines(scrollback: Scrollback, view: View, height: number, measure: Measure): string[] {
	const start = view.kind === 'end' ? endStart(scrollback, height, measure) : bounded(scrollback, view);
	const lines: string[] = [];
	let {block, line} = start;
	while (lines.length < height && block < scrollback.end) {
		const layout = measure(blockAt(scrollback, block)!);
		for (; line < layout.length && lines.length < height; line++) lines.push(layout.at(line));
		block++;
		line = 0;
	}
	return lines;
}

/** The view `by` lines further down (up when negative); it sticks to the end when it gets there. */
export function scrolled(
	scrollback: Scrollback,
	view: View,
	by: number,
	height: number,
	measure: Measure,
): View {
	if (view.kind === 'end' && by > 0) return view;
	const start = view.kind === 'end' ? endStart(scrollback, height, measure) : bounded(scrollback, view);
	const place = moved(scrollback, start, by, measure);
	const seen = view.kind === 'end' ? scrollback.end : view.seen;
	const last = before(scrollback, {block: scrollback.end, line: 0}, height, scrollback.first, measure);
	return by > 0 && !isBefore(place, last) ? atEnd : {kind: 'from', ...place, seen};
}

/** The first lines of everything kept. */
export function scrolledToStart(scrollback: Scrollback): View {
	return {kind: 'from', block: scrollback.first, line: 0, seen: scrollback.end};
}

/** Lines that came after the user scrolled away, counted up to `limit`. */
export function unseenLines(scrollback: Scrollback, view: View, measure: Measure, limit = 1000): number {
	if (view.kind === 'end') return 0;
	let lines = 0;
	for (let block = Math.max(view.seen, scrollback.first); block < scrollback.end && lines < limit; block++) {
		lines += measure(blockAt(scrollback, block)!).length;
	}
	return Math.min(lines, limit);
}

function endStart(scrollback: Scrollback, height: number, measure: Measure): Place {
	const floor = Math.max(scrollback.floor, scrollback.first);
	return before(scrollback, {block: scrollback.end, line: 0}, height, floor, measure);
}

function moved(scrollback: Scrollback, from: Place, by: number, measure: Measure): Place {
	return by < 0
		? before(scrollback, from, -by, scrollback.first, measure)
		: after(scrollback, from, by, measure);
}

/** The place `count` lines before `from`, no earlier than the start of block `floor`. */
function before(scrollback: Scrollback, from: Place, count: number, floor: number, measure: Measure): Place {
	let {block, line} = from;
	let left = count - line;
	while (left > 0 && block > floor) {
		block--;
		line = measure(blockAt(scrollback, block)!).length;
		left -= line;
	}
	return {block, line: Math.max(0, -left)};
}

function after(scrollback: Scrollback, from: Place, count: number, measure: Measure): Place {
	let {block} = from;
	let line = from.line + count;
	while (block < scrollback.end) {
		const {length} = measure(blockAt(scrollback, block)!);
		if (line < length) return {block, line};
		line -= length;
		block++;
	}
	return {block, line: 0};
}

/** A place may have been let go, or its block replaced by a shorter one. */
function bounded(scrollback: Scrollback, place: Place): Place {
	return place.block < scrollback.first ? {block: scrollback.first, line: 0} : place;
}

function isBefore(a: Place, b: Place): boolean {
	return a.block === b.block ? a.line < b.line : a.block < b.block;
}
