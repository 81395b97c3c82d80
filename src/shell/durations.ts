/** One step of a duration, such as `1d` of `1d12h`. */
export type DurationPart = {readonly count: number; readonly unit: keyof typeof spans};

/** In ms. A year is 365 days. */
const spans = {
	ms: 1,
	s: 1_000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
	y: 31_536_000_000,
} as const;

/** Some thousand years: beyond it a sum with a date leaves what a date can hold. */
const longest = 4_000 * spans.y;

/**
 * `15m`, `24h`, `7d`, `90s`, `1h30m`, `2w`, `1.5h`, `250ms`, `1y` in ms, above 0: a day is 24 hours.
 * Undefined when it is no duration.
 */
export function parseDuration(text: string): number | undefined {
	const parts = durationParts(text);
	const sum = parts?.reduce((total, part) => total + partLength(part), 0);
	return sum !== undefined && sum > 0 && sum <= longest ? sum : undefined;
}

/** The steps of a duration in order, for arithmetic on a calendar. Undefined when it is none. */
export function durationParts(text: string): readonly DurationPart[] | undefined {
	// `1M` is a month to many, and a minute would be a silent surprise.
	if (!/^(?:\d{1,9}(?:\.\d{1,6})?(?:ms|MS|[smhdwySHDWY]))+$/.test(text)) return undefined;
	return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/gi)].map(([, count, unit]) => ({
		count: Number(count),
		unit: unit!.toLowerCase() as DurationPart['unit'],
	}));
}

/** In ms. */
export function partLength({count, unit}: DurationPart): number {
	return Math.round(count * spans[unit]);
}
