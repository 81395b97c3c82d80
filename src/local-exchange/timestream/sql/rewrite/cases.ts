import type {Token} from '../tokens.ts';
import {isMark} from './writer.ts';

type Frame = {readonly isCase: boolean; size: number; operand: number; whens: number};

/** Where a query passes `most` tokens once DuckDB has written `CASE x WHEN …` out, `x` before each WHEN; undefined if it does not. */
export function overflowingCase(tokens: readonly Token[], most: number): Token | undefined {
	const frame = (isCase: boolean): Frame => ({isCase, size: 1, operand: 0, whens: 0});
	const frames = [frame(false)];
	for (const token of tokens) {
		const top = frames.at(-1)!;
		top.size++;
		if (isMark(token, '(') || isMark(token, '[')) frames.push(frame(false));
		else if (token.kind === 'word' && token.value === 'case') frames.push(frame(true));
		else if (token.kind === 'word' && token.value === 'when' && top.isCase) {
			if (top.whens++ === 0) [top.operand, top.size] = [top.size, 0];
		} else if (isMark(token, ')') || isMark(token, ']') || (token.kind === 'word' && token.value === 'end')) {
			if (frames.length === 1) continue;
			frames.pop();
			const size = top.size + top.operand * Math.max(top.whens, 1);
			if (size > most) return token;
			frames.at(-1)!.size += size;
		}
	}
	return undefined;
}
