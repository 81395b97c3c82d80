import {ShellError} from './errors.ts';

const tooMany = 10_000;

/**
 * The patterns that `{a,b}`, `{1..12}` and `{01..12}` in `pattern` stand for, as in bash: before any name
 * is looked up, nested, in order. Escaped braces and braces without a comma or range are plain characters.
 * Throws `usage` above 10,000 patterns.
 */
export function expandBraces(pattern: string): readonly string[] {
	const brace = findBrace(pattern);
	if (!brace) return [pattern];
	const {before, choices, rest} = brace;
	const heads = choices.flatMap(expandBraces);
	const tails = expandBraces(rest);
	if (heads.length * tails.length > tooMany) {
		throw new ShellError('usage', `{…}: more than ${tooMany.toLocaleString('en')} names`);
	}
	return heads.flatMap(head => tails.map(tail => `${before}${head}${tail}`));
}

/** The first brace that stands for several texts. */
function findBrace(pattern: string) {
	for (let open = 0; open < pattern.length; open++) {
		if (pattern[open] === '\\') open++;
		else if (pattern[open] === '{') {
			const found = choicesFrom(pattern, open + 1);
			if (found) return {before: pattern.slice(0, open), ...found};
		}
	}
	return undefined;
}

function choicesFrom(pattern: string, start: number) {
	const choices: string[] = [];
	let depth = 0;
	let from = start;
	for (let at = start; at < pattern.length; at++) {
		const character = pattern[at];
		if (character === '\\') at++;
		else if (character === '{') depth++;
		else if (character === ',' && depth === 0) {
			choices.push(pattern.slice(from, at));
			from = at + 1;
		} else if (character === '}' && depth-- === 0) {
			const last = pattern.slice(from, at);
			const all = choices.length > 0 ? [...choices, last] : range(last);
			return all && {choices: all, rest: pattern.slice(at + 1)};
		}
	}
	return undefined;
}

function range(text: string): string[] | undefined {
	const [, first, last] = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(text) ?? [];
	if (first === undefined || last === undefined) return undefined;
	const [from, to] = [Number(first), Number(last)];
	if (Math.abs(to - from) >= tooMany) {
		throw new ShellError('usage', `{${text}}: more than ${tooMany.toLocaleString('en')} names`);
	}
	// {01..12} pads as its ends are written.
	const padded = [first, last].some(end => /^-?0\d/.test(end));
	const width = padded ? Math.max(first.length, last.length) : 0;
	const step = from <= to ? 1 : -1;
	return Array.from({length: Math.abs(to - from) + 1}, (_, index) => {
		const value = from + index * step;
		return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
	});
}
