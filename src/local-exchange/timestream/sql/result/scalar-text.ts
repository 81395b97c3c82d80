/** A double as Java's `Double.toString` gives it: `1.0`, `1.0E10`, `NaN`. */
export function doubleText(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
	const size = Math.abs(value);
	if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
	if (size >= 1e-3 && size < 1e7) {
		const text = String(value);
		return Number.isInteger(value) ? `${text}.0` : text;
	}
	const [digits, exponent] = value.toExponential().split('e') as [string, string];
	return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

const nsPerDay = 86_400_000_000_000n;

/** `2024-01-01 00:00:00.000000000` from ns since the epoch. Remembers the day: neighbours mostly share it. */
export function timestampWriter(): (ns: bigint) => string {
	let known = Number.NaN;
	let text = '';
	return ns => {
		const rest = ((ns % nsPerDay) + nsPerDay) % nsPerDay;
		const day = Number((ns - rest) / nsPerDay);
		if (day !== known) {
			known = day;
			text = dateText(day);
		}
		return `${text} ${clockText(rest)}`;
	};
}

/** `2024-01-01` from days since the epoch. */
export function dateText(days: number): string {
	const text = new Date(days * 86_400_000).toISOString();
	return text.slice(0, text.indexOf('T'));
}

/** `10:20:30.000000000` from ns since midnight. */
export function clockText(ns: bigint): string {
	// Exact: a day has fewer µs than a double holds.
	const micros = Number(ns / 1000n);
	const seconds = Math.floor(micros / 1e6);
	const fraction = (micros % 1e6) * 1000 + Number(ns % 1000n);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}.${String(fraction).padStart(9, '0')}`;
}

/** `0 00:15:00.000000000`, or `1-2` when there are months. */
export function intervalText({months, days, micros}: {months: number; days: number; micros: bigint}): string {
	if (months !== 0)
		return `${months < 0 ? '-' : ''}${Math.floor(Math.abs(months) / 12)}-${Math.abs(months) % 12}`;
	const ns = BigInt(days) * nsPerDay + micros * 1000n;
	const size = ns < 0n ? -ns : ns;
	return `${ns < 0n ? '-' : ''}${size / nsPerDay} ${clockText(size % nsPerDay)}`;
}

function two(value: number): string {
	return value < 10 ? `0${value}` : String(value);
}
