import {doubleText} from './double-text.ts';
import type {ScalarType} from './types.ts';

/** A single value as the engine computes with it; a TIMESTAMP is ns since the epoch. */
export type Scalar = bigint | boolean | number | string;

const nsPerMs = 1_000_000n;
const integer = /^[+-]?\d{1,40}$/;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const instant = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/;
const unreal = /^[+-]?(?:nan|inf|infinity)$/i;

/** What DuckDB's TIMESTAMP_NS holds; the extremes are its infinities. In ns since the epoch. */
export const firstInstant = -(2n ** 63n) + 2n;
export const lastInstant = 2n ** 63n - 2n;

/**
 * The value a text stands for. A TIMESTAMP is an epoch in ns, or a UTC time such as
 * `2026-01-01 00:00:00.000000000` (`T` and `Z` may be there). Undefined when it is none of the type.
 */
export function readScalar(type: ScalarType, text: string): Scalar | undefined {
	switch (type) {
		case 'VARCHAR':
			return text;
		case 'DOUBLE': {
			const value = decimal.test(text) ? Number(text) : Number.NaN;
			return Number.isFinite(value) ? value : undefined;
		}
		case 'BIGINT': {
			const value = integer.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
			return value !== undefined && BigInt.asIntN(64, value) === value ? value : undefined;
		}
		case 'BOOLEAN': {
			const word = text.toLowerCase();
			return word === 'true' ? true : word === 'false' ? false : undefined;
		}
		case 'TIMESTAMP': {
			const value = integer.test(text) ? BigInt(text.replace(/^\+/, '')) : readInstant(text);
			return value !== undefined && value >= firstInstant && value <= lastInstant ? value : undefined;
		}
	}
}

function readInstant(text: string): bigint | undefined {
	const [, day, time, fraction = ''] = instant.exec(text) ?? [];
	if (day === undefined) return undefined;
	const ms = Date.parse(`${day}T${time}Z`);
	// `Date` takes 30 February for 2 March.
	if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day)) return undefined;
	return BigInt(ms) * nsPerMs + BigInt(fraction.padEnd(9, '0'));
}

/** Why `readScalar` refuses a text, for the people who sent it. */
export function unreadable(type: ScalarType, text: string): string {
	if (type === 'DOUBLE' && unreal.test(text)) return 'NaN and infinity cannot be stored';
	if (type === 'DOUBLE' && decimal.test(text)) return 'out of the range of DOUBLE';
	if (type === 'BIGINT' && integer.test(text)) return 'out of the range of BIGINT';
	if (type === 'TIMESTAMP' && (integer.test(text) || readInstant(text) !== undefined)) {
		return 'out of the range of TIMESTAMP';
	}
	return type === 'BOOLEAN' ? 'not a BOOLEAN (true or false)' : `not a ${type}`;
}

/** A value as Timestream writes it. `readScalar` reads it again. */
export function writeScalar(type: ScalarType, value: Scalar): string {
	if (type === 'DOUBLE') return doubleText(value as number);
	return type === 'TIMESTAMP' ? writeInstant(value as bigint) : String(value);
}

/** `YYYY-MM-DD hh:mm:ss.nnnnnnnnn`, UTC, of ns since the epoch. */
function writeInstant(ns: bigint): string {
	const rest = ((ns % nsPerMs) + nsPerMs) % nsPerMs;
	const iso = new Date(Number((ns - rest) / nsPerMs)).toISOString();
	return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${String(rest).padStart(6, '0')}`;
}
