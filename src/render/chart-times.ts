import {timeTicks} from 'd3-time';
import {monthNames, twoDigits} from '../shell/readable.ts';
import {zoneName} from './instants.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
/** The last moment a Date can tell, ms. */
const lastTime = 8.64e15;

/** An axis of local time. */
export type TimeAxis = {
	/** 0 at the left, 1 at the right. */
	readonly place: (at: number) => number;
	readonly ticks: readonly {readonly place: number; readonly label: string}[];
	/** What the labels leave out: the day or the year, and the zone. */
	readonly note: string;
};

/** Marks at round local times; `count` is about how many. */
export function timeAxis(from: number, to: number, count: number): TimeAxis {
	const start = Math.max(-lastTime, Math.min(from, lastTime - second));
	const end = Math.min(lastTime, Math.max(to, start + 1));
	const times = timeTicks(new Date(start), new Date(end), count);
	const step = times.length > 1 ? times[1]!.getTime() - times[0]!.getTime() : end - start;
	return {
		place: at => (at - start) / (end - start),
		ticks: times.map(time => ({
			place: (time.getTime() - start) / (end - start),
			label: labelOf(time, step),
		})),
		note: `${leftOut(new Date(start), new Date(end), step)}${step >= 28 * day ? zoneName(end) : zones(start, end)}`,
	};
}

function labelOf(time: Date, step: number): string {
	const date = `${time.getDate()} ${monthNames[time.getMonth()]}`;
	if (step >= 360 * day) return String(time.getFullYear());
	if (step >= 28 * day) return `${monthNames[time.getMonth()]} ${time.getFullYear()}`;
	const clock = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
	if (step >= day || (clock === '00:00' && step >= minute)) return date;
	if (step >= minute) return clock;
	const seconds = `${clock}:${twoDigits(time.getSeconds())}`;
	return step >= second ? seconds : `${seconds}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

function leftOut(start: Date, end: Date, step: number): string {
	if (step >= 28 * day) return '';
	if (step >= day || start.toDateString() !== end.toDateString()) return `${end.getFullYear()} `;
	return `${end.getDate()} ${monthNames[end.getMonth()]} ${end.getFullYear()} `;
}

/** Both zones where the clocks change in between. */
function zones(start: number, end: number): string {
	const [first, last] = [zoneName(start), zoneName(end)];
	return first === last ? first : `${first}/${last}`;
}
