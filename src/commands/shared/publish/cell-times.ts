import {ShellError} from '../../../shell/errors.ts';
import {parseMoment} from '../../../shell/time-range.ts';

/** A time as a cell has it: a moment in ns, or a number of a unit that the file does not tell, times 10⁹. */
export type CellTime =
	| {readonly kind: 'moment'; readonly ns: bigint; readonly isLocal: boolean}
	| {readonly kind: 'epoch'; readonly scaled: bigint};

export const timeUnits = {s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds'} as const;
export type EpochUnit = keyof typeof timeUnits;

const nsOf: Readonly<Record<EpochUnit, bigint>> = {s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n};
const billion = 1_000_000_000n;

const iso = /^\d{4}-\d\d-\d\d(?:$|[T ]\d\d:)/i;
/** As Timestream writes times, in UTC: a query's answer is published at the times it tells. */
const timestream = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9}$/;
const zoned = /(?:z|[+-]\d\d(?::?\d\d)?)$/i;
const number = /^(-?)(\d{1,20})(?:\.(\d+))?$/;

/**
 * The time in a cell: ISO 8601 from the day on, in the local zone unless it says another, with up to nine
 * digits of a second, or as Timestream says it, in UTC; or a number. Undefined for anything else.
 */
export function readTime(cell: string): CellTime | undefined {
	const given = cell.trim();
	const text = timestream.test(given) ? `${given.replace(' ', 'T')}Z` : given;
	const [, sign, whole, decimals = ''] = number.exec(text) ?? [];
	if (whole !== undefined) {
		const scaled = BigInt(whole) * billion + BigInt(decimals.slice(0, 9).padEnd(9, '0'));
		return {kind: 'epoch', scaled: sign === '-' ? -scaled : scaled};
	}
	if (!iso.test(text)) return undefined;
	const [, fraction = ''] = /:\d\d[.,](\d{1,9})/.exec(text) ?? [];
	const ms = parseMoment(text.replace(/([.,])\d{1,9}/, ''), 0);
	if (ms === undefined) return undefined;
	const isLocal = text.length === 10 || !zoned.test(text.slice(10));
	return {kind: 'moment', ns: BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0')), isLocal};
}

/** Epoch, ns, of a number of `unit`. */
export function epochNs({scaled}: {readonly scaled: bigint}, unit: EpochUnit): bigint {
	return (scaled * nsOf[unit]) / billion;
}

/**
 * The unit that puts both times between 1973 and 5138, of which there is at most one. Throws `usage` when
 * there is none for both.
 */
export function guessUnit(first: bigint, last: bigint, name: string): EpochUnit {
	const [from, to] = [unitOf(first), unitOf(last)];
	if (from !== undefined && from === to) return from;
	const shown = [...new Set([first, last].map(scaled => String(scaled / billion)))].join(' to ');
	throw new ShellError('usage', `${name}: ${shown}: in which unit these times are is not clear`, {
		hint: '--unit s, ms, us or ns says so',
	});
}

function unitOf(scaled: bigint): EpochUnit | undefined {
	const value = Number(scaled / billion);
	if (value >= 1e8 && value < 1e11) return 's';
	if (value >= 1e11 && value < 1e14) return 'ms';
	if (value >= 1e14 && value < 1e17) return 'us';
	return value >= 1e17 && value < 1e20 ? 'ns' : undefined;
}

const usualNames = new Set(['time', 'timestamp', 'datetime', 'date', 'ts', 'utc', 'timeutc', 'timestamputc']);

/** The place of the time column: the one asked for, else the only one that is called like one. Throws `usage`. */
export function timeColumn(columns: readonly string[], wanted: string | undefined, file: string): number {
	if (wanted !== undefined) {
		const place = columns.indexOf(wanted);
		if (place !== -1) return place;
		throw new ShellError('usage', `--time ${wanted}: no such column of ${file}`, {hint: there(columns)});
	}
	const places = [...columns.keys()].filter(place =>
		usualNames.has(columns[place]!.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')),
	);
	if (places.length === 1) return places[0]!;
	if (places.length > 1) {
		const names = places.map(place => columns[place]).join(', ');
		throw new ShellError('usage', `${file}: ${names}: which of them is the time is not clear`, {
			hint: '--time COLUMN says so',
		});
	}
	throw new ShellError('usage', `${file}: no time column`, {
		hint: `--time COLUMN names it, ${there(columns)}`,
	});
}

function there(columns: readonly string[]): string {
	const shown = columns.slice(0, 8).map(name => name || '(no name)');
	return `there ${columns.length === 1 ? 'is' : 'are'} ${shown.join(', ')}${columns.length > 8 ? ', …' : ''}`;
}
