import prettyBytes from 'pretty-bytes';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const halfYear = 182 * day;
/** In English, short, from January on. */
export const monthNames = [
	'Jan',
	'Feb',
	'Mar',
	'Apr',
	'May',
	'Jun',
	'Jul',
	'Aug',
	'Sep',
	'Oct',
	'Nov',
	'Dec',
];

/** Digits in groups of three: `10,000`. */
export function readableCount(count: number): string {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count and its noun: `1 file`, `3 files`, `10,000 directories`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${readableCount(count)} ${count === 1 ? one : many}`;
}

/** Milliseconds in the largest whole unit: `4 s`, `17 m`, `3 h`, `2 d`; below a second `0 s`. */
export function readableAge(ms: number): string {
	const age = Math.max(0, ms);
	if (age < minute) return `${Math.floor(age / 1000)} s`;
	if (age < hour) return `${Math.floor(age / minute)} m`;
	return age < day ? `${Math.floor(age / hour)} h` : `${Math.floor(age / day)} d`;
}

/** Three significant digits in SI units: `31 B`, `48.2 kB`, `312 MB`. */
export function readableBytes(bytes: number): string {
	return prettyBytes(bytes);
}

/**
 * An ISO 8601 time in local time: `today 08:02`, `12 Oct 09:14` within half a year, else `3 Feb 2024`.
 * A text that is no time stays as it is.
 */
export function readableTime(iso: string, now: number): string {
	const time = new Date(iso);
	if (Number.isNaN(time.getTime())) return iso;
	const clock = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
	const date = `${time.getDate()} ${monthNames[time.getMonth()]}`;
	if (time.toDateString() === new Date(now).toDateString()) return `today ${clock}`;
	return Math.abs(now - time.getTime()) < halfYear ? `${date} ${clock}` : `${date} ${time.getFullYear()}`;
}

/** `05` of 5. */
export function twoDigits(count: number): string {
	return String(count).padStart(2, '0');
}
