const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Digits in groups of three: `10,000`. */
export function readableCount(count: number): string {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count and its noun: `1 file`, `3 files`, `10,000 directories`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${readableCount(count)} ${count === 1 ? one : many}`;
}

/** Milliseconds in the largest whole unit: `4 s`, `17 m`, `3 h`, `2 d`; below a second `0 s`. */
export function readableAge(ms: number): string {
	const age = Math.max(0, ms);
	if (age < minute) return `${Math.floor(age / 1000)} s`;
	if (age < hour) return `${Math.floor(age / minute)} m`;
	return age < day ? `${Math.floor(age / hour)} h` : `${Math.floor(age / day)} d`;
}
