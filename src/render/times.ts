import {twoDigits} from '../shell/readable.ts';

export {readableAge, readableTime} from '../shell/readable.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The columns that the longest readable time takes. */
export const timeWidth = '12 Oct 09:14'.length;

/** Milliseconds that something took or will take: `0.4 s`, `14.8 s`, `2 m 05 s`, `3 h 12 m`. */
export function readableDuration(ms: number): string {
	if (ms < minute) return `${(ms / 1000).toFixed(1)} s`;
	if (ms < hour) return `${Math.floor(ms / minute)} m ${twoDigits(Math.floor((ms % minute) / 1000))} s`;
	return `${Math.floor(ms / hour)} h ${twoDigits(Math.floor((ms % hour) / minute))} m`;
}
