import {randomUUID} from 'node:crypto';
import type {Splice} from '../resolvers/context.ts';

/** Unknown to clients, so that no text of theirs can be taken for one of our marks. */
const mark = randomUUID();

/** `result` as JSON, with each splice's text at its place in `data`. */
export function stringify(result: {readonly data: unknown}, splices: readonly Splice[]): string {
	if (splices.length === 0) return JSON.stringify(result);
	for (const [index, {path}] of splices.entries()) {
		const parent = path.slice(0, -1).reduce<unknown>(childOf, result.data);
		// An error further down may have emptied what was above it.
		if (parent != null) (parent as Record<string | number, unknown>)[path.at(-1)!] = `${mark}:${index}`;
	}
	const pieces = JSON.stringify(result).split(new RegExp(`"${mark}:(\\d+)"`));
	// Split by a pattern with a group, every other piece is what the group matched: a splice's number.
	return pieces.map((piece, at) => (at % 2 === 0 ? piece : splices[Number(piece)]!.json)).join('');
}

function childOf(parent: unknown, key: string | number): unknown {
	return (parent as Record<string | number, unknown> | null | undefined)?.[key];
}
