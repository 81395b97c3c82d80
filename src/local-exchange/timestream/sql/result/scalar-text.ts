const nsPerDay = 86_400_000_000_000n;

/** `2024-01-01 00:00:00.000000000` from ns since the epoch. Remembers its last: neighbours share day and more. */
export function timestampWriter(): (ns: bigint) => string {
	let last: bigint | undefined;
	let lastText = '';
	let day = Number.NaN;
	let date = '';
	return ns => {
		if (ns === last) return lastText;
		const rest = ((ns % nsPerDay) + nsPerDay) % nsPerDay;
		const days = Number((ns - rest) / nsPerDay);
		if (days !== day) {
			day = days;
			date = dateText(days);
		}
		last = ns;
		lastText = `${date} ${clockText(rest)}`;
		return lastText;
	};
}

/** `2024-01-01` from days since the epoch. */
export function dateText(days: number): string {
	const text = new Date(days * 86_400_000).toISOString();
	return text.slice(0, text.indexOf('T'));
}

/** `10:20:30.000000000` from ns since midnight. */
export function clockText(ns: bigint): string {
	const seconds = Number(ns / 1_000_000_000n);
	const fraction = Number(ns % 1_000_000_000n);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}.${fraction === 0 ? '000000000' : String(fraction).padStart(9, '0')}`;
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
