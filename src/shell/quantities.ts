/** A bound on a size or an age: `10k` up to, `+1M` at least, `-1M` at most. */
export type Bound = {readonly sign: '' | '+' | '-'; readonly value: number};

const units = {b: 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12} as const;
const spans = {s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3, w: 604_800e3, y: 31_536_000e3} as const;

/** `10k`, `+1M`, `-1.5GB`, `2KiB` in bytes; k is 1000, Ki is 1024. Undefined when it is no size. */
export function parseSize(text: string): Bound | undefined {
	const [, sign, number, unit, binary] = /^([+-]?)(\d+(?:\.\d+)?)([bkmgt]?)(i?)b?$/i.exec(text) ?? [];
	if (number === undefined || (binary && !unit)) return undefined;
	const factor = units[(unit?.toLowerCase() || 'b') as keyof typeof units];
	const bytes = binary ? 1024 ** (Math.log10(factor) / 3) : factor;
	return {sign: sign as Bound['sign'], value: Math.round(Number(number) * bytes)};
}

/** `2d`, `+1h`, `-30m`, `90s`, `1w`, `1y` in ms. Undefined when it is no age. */
export function parseAge(text: string): Bound | undefined {
	const [, sign, number, unit] = /^([+-]?)(\d+(?:\.\d+)?)([smhdwy])$/i.exec(text) ?? [];
	if (number === undefined) return undefined;
	const span = spans[unit!.toLowerCase() as keyof typeof spans];
	return {sign: sign as Bound['sign'], value: Number(number) * span};
}
