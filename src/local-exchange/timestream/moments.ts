const nsPerMs = 1_000_000n;

/** Epoch ns as ISO 8601, UTC: with milliseconds, and with all nine digits of a second where those say more. */
export function isoTime(ns: bigint): string {
	const rest = ((ns % nsPerMs) + nsPerMs) % nsPerMs;
	const text = new Date(Number((ns - rest) / nsPerMs)).toISOString();
	return rest === 0n ? text : `${text.slice(0, -1)}${String(rest).padStart(6, '0')}Z`;
}

/**
 * ISO 8601 as epoch ns; undefined for what is no such time, or none that 64 bits of ns can hold (1677 to 2262).
 * Without a zone it is UTC, as all times of the API are.
 */
export function parseIsoTime(text: string): bigint | undefined {
	const match =
		/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text);
	if (match === null) return undefined;
	const [, date, time = '00:00', fraction = '', zone = 'Z'] = match;
	const ms = Date.parse(`${date}T${time}${zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
	if (Number.isNaN(ms)) return undefined;
	// `Date.parse` takes the 31st of any month for a day of the next.
	if (new Date(`${date}T00:00Z`).toISOString().slice(0, 10) !== date) return undefined;
	const ns = BigInt(ms) * nsPerMs + BigInt(fraction.padEnd(9, '0'));
	return fits(ns) ? ns : undefined;
}

/** Whether 64 bits hold it. */
export function fits(ns: bigint): boolean {
	return BigInt.asIntN(64, ns) === ns;
}
