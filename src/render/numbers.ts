import {readableCount} from './quantities.ts';

/** Significant digits that a person gets of a measured value. */
const significant = 6;
/** Few enough digits whatever they are. */
const short = /^-?[\d.]{1,6}$/;
const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a text is a number as the Exchange writes it; `NaN` and `Infinity` are not. */
export function isNumeric(text: string): boolean {
	return decimal.test(text);
}

/**
 * A measured number's text for a person: at most six significant digits, but never fewer than it has
 * before the point, and a whole number as it is. What is no number stays as it is.
 */
export function readableNumber(text: string): string {
	if (short.test(text) || integer.test(text) || !decimal.test(text)) return text;
	const value = Number(text);
	if (!Number.isFinite(value)) return text;
	const size = Math.abs(value);
	if (value !== 0 && (size >= 1e15 || size < 1e-5))
		return shortExponent(Number(value.toPrecision(significant)));
	const before = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
	if (!/e/i.test(text) && text.replace(/^[+-]?0*\.?0*/, '').replace('.', '').length <= significant)
		return text;
	return before >= significant ? value.toFixed(0) : String(Number(value.toPrecision(significant)));
}

/** The same of a computed number, thousands grouped from 10,000 on; a huge one has no digits to be exact about. */
export function readableValue(value: number): string {
	const rounded = Number(value.toPrecision(significant + 1));
	if (Math.abs(rounded) >= 1e15 && Number.isFinite(rounded))
		return shortExponent(Number(rounded.toPrecision(significant)));
	const text = readableNumber(String(rounded));
	return integer.test(text) && Math.abs(value) >= 10_000 ? grouped(text) : text;
}

/** `1e300`, `1.5e-9` of a number. */
function shortExponent(value: number): string {
	return value.toExponential().replace('e+', 'e');
}

function grouped(text: string): string {
	return text.startsWith('-') ? `-${readableCount(Number(text.slice(1)))}` : readableCount(Number(text));
}
