import type {Output, Progress} from '../../shell/command.ts';

/** A line as it was entered, behind the prompt it was entered at. */
export type Echo = {readonly kind: 'echo'; readonly prompt: string; readonly line: string};

/** One thing on the screen: kept as data, laid out when it is looked at. */
export type Block = {
	readonly content: Echo | Output;
	/** Epoch, ms: when it came, so that ages in it stand still. */
	readonly at: number;
};

/** Everything said so far. Blocks are numbered from 0 in the order they came; old ones are let go. */
export type Scrollback = {
	/** Blocks `first` to `end`, each part `partSize` long but the last. */
	readonly parts: readonly (readonly Block[])[];
	readonly first: number;
	readonly end: number;
	/** Roughly how many lines the blocks take. */
	readonly lines: number;
	/** The first block shown at the end: what is older was cleared away, and comes back by scrolling. */
	readonly floor: number;
	/** The blocks of the running line that a later output with the same key replaces. */
	readonly keyed: ReadonlyMap<string, number>;
	/** Work under way, beneath the blocks. */
	readonly live: readonly Progress[];
};

export const emptyScrollback: Scrollback = {
	parts: [],
	first: 0,
	end: 0,
	lines: 0,
	floor: 0,
	keyed: new Map(),
	live: [],
};

const partSize = 256;
/** Bytes without a line end up to which the next bytes of a stream continue the line. */
const longestLine = 65_536;

/** Lines kept when none else is asked for. */
const defaultBound = 200_000;

export function blockAt(scrollback: Scrollback, number: number): Block | undefined {
	const index = number - scrollback.first;
	return index < 0 ? undefined : scrollback.parts[Math.floor(index / partSize)]?.[index % partSize];
}

/** Takes what a line said: appends it, or replaces what had its key, or moves a progress line. */
export function received(
	scrollback: Scrollback,
	content: Echo | Output,
	at: number,
	bound = defaultBound,
): Scrollback {
	switch (content.kind) {
		case 'session':
		case 'exit':
			return scrollback;
		case 'clear':
			return {...emptyScrollback, first: scrollback.end, end: scrollback.end, floor: scrollback.end};
		case 'progress':
			return withProgress(scrollback, content, at, bound);
		case 'bytes':
			return appendBytes(scrollback, content, at, bound);
		case 'records':
		case 'note':
			return content.key === undefined
				? append(scrollback, {content, at}, bound)
				: withKey(scrollback, content.key, {content, at}, bound);
		default:
			return append(scrollback, {content, at}, bound);
	}
}

/** Forgets the keys and the progress of the line that has ended. */
export function settled(scrollback: Scrollback): Scrollback {
	return {...scrollback, keyed: new Map(), live: []};
}

/** An empty screen; what stood on it comes back by scrolling. */
export function scrolledAway(scrollback: Scrollback): Scrollback {
	return {...scrollback, floor: scrollback.end};
}

function append(scrollback: Scrollback, block: Block, bound: number): Scrollback {
	const last = scrollback.parts.at(-1);
	const parts =
		last && last.length < partSize
			? scrollback.parts.with(-1, [...last, block])
			: [...scrollback.parts, [block]];
	const grown = {
		...scrollback,
		parts,
		end: scrollback.end + 1,
		lines: scrollback.lines + linesIn(block.content),
	};
	return grown.lines > bound ? shortened(grown, bound) : grown;
}

/** Without its oldest parts, down to the bound; the part that grows stays. */
function shortened(scrollback: Scrollback, bound: number): Scrollback {
	let {lines, first} = scrollback;
	let dropped = 0;
	while (lines > bound && dropped < scrollback.parts.length - 1) {
		for (const {content} of scrollback.parts[dropped]!) lines -= linesIn(content);
		first += partSize;
		dropped++;
	}
	return {...scrollback, parts: scrollback.parts.slice(dropped), lines, first};
}

function withKey(scrollback: Scrollback, key: string, block: Block, bound: number): Scrollback {
	const number = scrollback.keyed.get(key);
	if (number !== undefined && number >= scrollback.first) return replace(scrollback, number, block);
	const keyed = new Map(scrollback.keyed).set(key, scrollback.end);
	return append({...scrollback, keyed}, block, bound);
}

function replace(scrollback: Scrollback, number: number, block: Block): Scrollback {
	const index = number - scrollback.first;
	const at = Math.floor(index / partSize);
	const part = scrollback.parts[at]!;
	const before = part[index % partSize]!;
	return {
		...scrollback,
		parts: scrollback.parts.with(at, part.with(index % partSize, block)),
		lines: scrollback.lines - linesIn(before.content) + linesIn(block.content),
	};
}

function withProgress(scrollback: Scrollback, progress: Progress, at: number, bound: number): Scrollback {
	if (progress.done) {
		const live = scrollback.live.filter(({key}) => key !== progress.key);
		return append({...scrollback, live}, {content: progress, at}, bound);
	}
	const index = scrollback.live.findIndex(({key}) => key === progress.key);
	const live = index === -1 ? [...scrollback.live, progress] : scrollback.live.with(index, progress);
	return {...scrollback, live};
}

/** Bytes come in any portions: a line cut between two of them becomes whole again. */
function appendBytes(
	scrollback: Scrollback,
	content: Output & {kind: 'bytes'},
	at: number,
	bound: number,
): Scrollback {
	const number = scrollback.end - 1;
	const before = blockAt(scrollback, number);
	if (before?.content.kind !== 'bytes') return append(scrollback, {content, at}, bound);
	const cut = before.content.bytes.lastIndexOf(newline) + 1;
	const open = before.content.bytes.subarray(cut);
	if (open.length === 0 || open.length > longestLine) return append(scrollback, {content, at}, bound);
	const joined = {content: {...content, bytes: concatenated(open, content.bytes)}, at};
	if (cut === 0) return replace(scrollback, number, joined);
	const whole = {...before, content: {...before.content, bytes: before.content.bytes.subarray(0, cut)}};
	return append(replace(scrollback, number, whole), joined, bound);
}

const newline = 0x0a;

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(first.length + second.length);
	bytes.set(first);
	bytes.set(second, first.length);
	return bytes;
}

function linesIn(content: Echo | Output): number {
	switch (content.kind) {
		case 'records':
			return content.records.length + 1;
		case 'text':
			return Math.ceil(content.text.length / 80) + 1;
		case 'bytes':
			return Math.ceil(content.bytes.length / 80) + 1;
		default:
			return 1;
	}
}
