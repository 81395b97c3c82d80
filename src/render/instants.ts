import {twoDigits} from '../shell/readable.ts';

/** An ISO 8601 time, UTC, with up to nine digits of a second, in its parts. */
const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?Z$/;

/** A time as Timestream's SQL says it, with zeros at its end that say nothing. */
const padded = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d*?)0*)?$/;

/** A time of a SQL answer, which stays in its own words, UTC, without the zeros at its end; undefined of what is none. */
export function shortInstant(time: string): string | undefined {
	const [, seconds, fraction] = padded.exec(time) ?? [];
	return seconds !== undefined && fraction ? `${seconds}.${fraction}` : seconds;
}

/** Digits of a second that an ISO 8601 time, UTC, needs, 0 to 9; undefined of what is none. */
export function fractionDigits(time: string): number | undefined {
	const match = iso.exec(time);
	if (!match || Number.isNaN(Date.parse(time))) return undefined;
	const fraction = match[2] ?? '';
	let digits = fraction.length;
	while (digits > 0 && fraction[digits - 1] === '0') digits--;
	return digits;
}

/**
 * An ISO 8601 time in local time, to the second or to so many digits of it: `2026-11-21 14:05:00.250`. A
 * text that is no time stays as it is.
 */
export function readableInstant(time: string, digits = fractionDigits(time) ?? 0): string {
	const at = new Date(time);
	if (!iso.test(time) || Number.isNaN(at.getTime())) return time;
	const date = `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
	const clock = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}:${twoDigits(at.getSeconds())}`;
	const fraction = (iso.exec(time)?.[2] ?? '').padEnd(digits, '0').slice(0, digits);
	return `${date} ${clock}${digits > 0 ? `.${fraction}` : ''}`;
}

let names: Intl.DateTimeFormat | undefined;

/** The local zone's short name at a time (epoch, ms), such as `PST` or `GMT+1`. */
export function zoneName(at: number): string {
	names ??= new Intl.DateTimeFormat('en-US', {timeZoneName: 'short'});
	if (Number.isNaN(new Date(at).getTime())) return '';
	return names.formatToParts(at).find(({type}) => type === 'timeZoneName')?.value ?? '';
}
