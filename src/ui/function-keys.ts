import type {ReadStream} from 'node:tty';
import {functionKeyText} from './keys.ts';

/** As xterm, VT220, Linux console and rxvt send F1 to F12. */
const sequences = new Map<string, number>([
	...['OP', 'OQ', 'OR', 'OS'].map((text, index): [string, number] => [text, index + 1]),
	...['[P', '[Q', '[R', '[S'].map((text, index): [string, number] => [text, index + 1]),
	...['[[A', '[[B', '[[C', '[[D', '[[E'].map((text, index): [string, number] => [text, index + 1]),
	...[11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((code, index): [string, number] => [
		`[${code}~`,
		index + 1,
	]),
]);
const pattern = /\u001b(O[P-S]|\[[P-S]|\[\[[A-E]|\[\d\d~)/g;

/** Replaces the sequences of function keys by the characters that stand for them. */
export function withFunctionKeys(text: string): string {
	if (!text.includes('\u001b')) return text;
	return text.replace(pattern, (whole, sequence: string) => {
		const number = sequences.get(sequence);
		return number === undefined ? whole : functionKeyText(number);
	});
}

/**
 * The terminal's input, function keys made readable: Ink hands all of them over as an empty text. It is
 * the same stream but for what `read` returns.
 */
export function functionKeys<S extends NodeJS.ReadableStream | ReadStream>(stdin: S): S {
	return new Proxy(stdin, {
		get(target, property) {
			if (property === 'read') {
				return (size?: number) => {
					const chunk: unknown = target.read(size);
					return typeof chunk === 'string' ? withFunctionKeys(chunk) : chunk;
				};
			}
			const value: unknown = Reflect.get(target, property, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
		set: (target, property, value) => Reflect.set(target, property, value, target),
	});
}
