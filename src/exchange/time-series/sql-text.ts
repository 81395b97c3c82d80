/** A name as SQL has it, whatever is in it. */
export function identifier(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL has it, whatever is in it. */
export function literal(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/** Epoch, ms, as SQL's timestamp. */
export function moment(epoch: number): string {
	return `from_milliseconds(${Math.ceil(epoch)})`;
}

const units = [
	['d', 86_400_000],
	['h', 3_600_000],
	['m', 60_000],
	['s', 1000],
] as const;

/** Milliseconds as SQL's interval, in the largest unit that has no fraction. */
export function duration(milliseconds: number): string {
	const whole = Math.max(1, Math.round(milliseconds));
	const [unit, length] = units.find(([, length]) => whole % length === 0) ?? ['ms', 1];
	return `${whole / length}${unit}`;
}
