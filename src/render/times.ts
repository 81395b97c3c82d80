export {readableAge} from '../shell/readable.ts';

const minute = 60_000;
const hour = 60 * minute;
const halfYear = 182 * 24 * hour;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (count: number) => String(count).padStart(2, '0');

/** The columns that the longest readable time takes. */
export const timeWidth = '12 Oct 09:14'.length;

/**
 * An ISO 8601 time in local time: `today 08:02`, `12 Oct 09:14` within half a year, else `3 Feb 2024`.
 * A text that is no time stays as it is.
 */
export function readableTime(iso: string, now: number): string {
	const time = new Date(iso);
	if (Number.isNaN(time.getTime())) return iso;
	const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
	const date = `${time.getDate()} ${months[time.getMonth()]}`;
	if (time.toDateString() === new Date(now).toDateString()) return `today ${clock}`;
	return Math.abs(now - time.getTime()) < halfYear ? `${date} ${clock}` : `${date} ${time.getFullYear()}`;
}

/** Milliseconds that something took or will take: `0.4 s`, `14.8 s`, `2 m 05 s`, `3 h 12 m`. */
export function readableDuration(ms: number): string {
	if (ms < minute) return `${(ms / 1000).toFixed(1)} s`;
	if (ms < hour) return `${Math.floor(ms / minute)} m ${two(Math.floor((ms % minute) / 1000))} s`;
	return `${Math.floor(ms / hour)} h ${two(Math.floor((ms % hour) / minute))} m`;
}
