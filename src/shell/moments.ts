import {type DurationPart, durationParts, parseDuration, partLength} from './durations.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?`;
const zone = String.raw`(?<zone>z|[+-]\d\d(?::?\d\d)?)`;
const date = String.raw`(?<year>\d{4})-(?<month>\d\d)(?:-(?<day>\d\d))?`;
const word = `(?<word>now|today|yesterday|tomorrow|${weekdays.map(day => `${day.slice(0, 3)}(?:${day.slice(3)})?`).join('|')})`;
/** A base, and steps away from it: `now-1d12h`, `yesterday+6h`. */
const moment = new RegExp(
	`^(?:(?:${date}|${word})(?:(?:t| +)${clock} *${zone}?)?|${clock.replaceAll('?<', '?<only')})(?<steps>(?: *[+-] *[\\d.]+[a-z][\\d.a-z]*)*)$`,
	'i',
);

type Groups = Readonly<Record<string, string | undefined>>;
type Clock = readonly [hour: number, minute: number, second: number, ms: number];

/**
 * The moment that `text` names, epoch, ms: ISO 8601 (`2026-01-01`, `2026-01-01 14:30`, `2026-01-01T14:30:05.5Z`,
 * `…+02:00`), `now`, `today`, `yesterday`, `tomorrow`, a weekday (the last one up to today), `yesterday 14:30`,
 * `14:05` (of today); each with steps such as `-1d12h` behind it; or a duration alone, which is so long ago.
 * In the local zone unless it says `Z` or an offset. A day stepped from a date is a calendar day, whatever
 * the clocks do in it; from `now` it is 24 hours. Undefined when it is no moment.
 */
export function parseMoment(text: string, now: number): number | undefined {
	const trimmed = text.trim();
	const ago = parseDuration(trimmed);
	if (ago !== undefined) return now - ago;
	const groups = moment.exec(trimmed)?.groups;
	if (!groups) return undefined;
	const base = baseOf(groups, now);
	return base === undefined ? undefined : stepped(base, groups, base === now && isNow(groups));
}

const isNow = ({word}: Groups) => word?.toLowerCase() === 'now';

function baseOf(groups: Groups, now: number): number | undefined {
	const time = clockOf(groups);
	if (!time) return undefined;
	if (isNow(groups)) return groups.hour === undefined ? now : undefined;
	const [year, month, day] = groups.year === undefined ? dayOf(groups.word, now) : dateOf(groups);
	if (!isDate(year, month, day)) return undefined;
	if (groups.zone === undefined) return local(year, month, day, time);
	const utc = new Date(0);
	utc.setUTCFullYear(year, month, day);
	utc.setUTCHours(...time);
	const offset = offsetOf(groups.zone);
	return offset === undefined ? undefined : utc.getTime() - offset;
}

/** Midnight when nothing is said. Undefined when there is no such time of day. */
function clockOf(groups: Groups): Clock | undefined {
	const part = (name: string) => groups[name] ?? groups[`only${name}`] ?? '0';
	const [hour, minute, second] = [part('hour'), part('minute'), part('second')].map(Number) as [
		number,
		number,
		number,
	];
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	return [hour, minute, second, Math.floor(Number(`0.${part('fraction')}`) * 1000)];
}

function dateOf({year, month, day = '1'}: Groups): [year: number, month: number, day: number] {
	return [Number(year), Number(month) - 1, Number(day)];
}

/** The calendar day of `yesterday`, `mon` or, without a word, of today. */
function dayOf(word: string | undefined, now: number): [year: number, month: number, day: number] {
	const today = new Date(now);
	const named = word?.toLowerCase() ?? 'today';
	const weekday = weekdays.findIndex(name => name.startsWith(named));
	const days =
		weekday === -1 ? {today: 0, yesterday: -1, tomorrow: 1}[named]! : -((today.getDay() - weekday + 7) % 7);
	const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
	return [day.getFullYear(), day.getMonth(), day.getDate()];
}

function isDate(year: number, month: number, day: number): boolean {
	// The day before the first of the next month is the last of this one.
	return month >= 0 && month < 12 && day >= 1 && day <= new Date(year, month + 1, 0).getDate();
}

function local(year: number, month: number, day: number, time: Clock): number {
	const date = new Date(0);
	date.setFullYear(year, month, day);
	return date.setHours(...time);
}

/** Of `Z`, `+02:00`, `-0700`, `+02`, in ms. */
function offsetOf(text: string): number | undefined {
	if (/z/i.test(text)) return 0;
	const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text)!;
	if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function stepped(base: number, {steps = '', zone}: Groups, fromNow: boolean): number | undefined {
	let at = base;
	for (const [, sign, duration] of steps.matchAll(/([+-]) *([\d.]+[a-z][\d.a-z]*)/gi)) {
		const parts = durationParts(duration!);
		if (!parts) return undefined;
		for (const part of parts) at = step(at, part, sign === '-' ? -1 : 1, !fromNow && zone === undefined);
	}
	return Number.isNaN(new Date(at).getTime()) ? undefined : at;
}

/** On a calendar a day later has the same time of day, though the clocks may have been changed. */
function step(at: number, part: DurationPart, sign: 1 | -1, byCalendar: boolean): number {
	const date = new Date(at);
	const count = sign * part.count;
	if (byCalendar && Number.isInteger(count)) {
		if (part.unit === 'd') return date.setDate(date.getDate() + count);
		if (part.unit === 'w') return date.setDate(date.getDate() + 7 * count);
		if (part.unit === 'y') return date.setFullYear(date.getFullYear() + count);
	}
	return at + sign * partLength(part);
}
