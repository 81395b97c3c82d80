const written =
	/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

/** The last time asked for: an event's values were mostly taken at the same one. */
let known: {readonly text: string; readonly instant: string | null} = {text: '', instant: null};

/**
 * A time as the Exchange writes it, Timestream's `2024-01-01 00:00:00.000000000` or ISO 8601, as ISO 8601
 * in UTC: milliseconds always, finer digits where there are any. UTC where it names no zone; null for what is
 * no time.
 */
export function toInstant(text: string | null | undefined): string | null {
	if (!text) return null;
	if (text !== known.text) known = {text, instant: parseInstant(text)};
	return known.instant;
}

function parseInstant(text: string): string | null {
	const [, day, minute = '00:00', second = '00', fraction = '', zone = 'Z'] = written.exec(text) ?? [];
	if (day === undefined) return null;
	const digits = fraction.padEnd(3, '0').replace(/(?<=^\d{3,})0+$/, '');
	const instant = `${day}T${minute}:${second}`;
	const hasOffset = /[1-9]/.test(zone);
	const epoch = Date.parse(`${instant}${hasOffset ? zone.replace(/^(.\d\d):?(\d\d)?$/, offset) : 'Z'}`);
	if (Number.isNaN(epoch)) return null;
	return `${hasOffset ? new Date(epoch).toISOString().slice(0, 19) : instant}.${digits}Z`;
}

function offset(_all: string, hours: string, minutes = '00'): string {
	return `${hours}:${minutes}`;
}

const perSecond = {
	SECONDS: 1n,
	MILLISECONDS: 1000n,
	MICROSECONDS: 1_000_000n,
	NANOSECONDS: 1_000_000_000n,
} as const;

/** As `toInstant`, of an epoch in some unit; null for what is no whole number or no date. */
export function epochInstant(digits: string, unit: keyof typeof perSecond): string | null {
	if (!/^-?\d{1,20}$/.test(digits)) return null;
	const nanoseconds = BigInt(digits) * (perSecond.NANOSECONDS / perSecond[unit]);
	const fraction = ((nanoseconds % perSecond.NANOSECONDS) + perSecond.NANOSECONDS) % perSecond.NANOSECONDS;
	const at = new Date(Number((nanoseconds - fraction) / 1_000_000n));
	if (Number.isNaN(at.getTime())) return null;
	return toInstant(`${at.toISOString().slice(0, 19)}.${String(fraction).padStart(9, '0')}`);
}

/** Whether one instant, as `toInstant` makes them, is before another. Nothing is before no instant. */
export function isBefore(one: string | null, other: string | null): boolean {
	if (one === null || other === null) return one === null && other !== null;
	// Without the Z, which would come after a further digit.
	return one.slice(0, -1) < other.slice(0, -1);
}
