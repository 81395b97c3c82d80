const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const flat = '▄';
/** Stands for a time nothing was measured in. */
const gap = '·';

/**
 * Values in order of time as bars in exactly `cells` columns, the newest to the right: more values than cells
 * share one by their mean, fewer leave spaces in front. A null (or what is no finite number) is a gap, `·`;
 * a constant series is flat, half high.
 */
export function sparkline(values: readonly (number | null)[], cells: number): string {
	if (cells < 1) return '';
	const means = reduced(values, cells);
	const known = means.filter(value => value !== null);
	const low = Math.min(...known);
	const high = Math.max(...known);
	const line = means.map(value => (value === null ? gap : barOf(value, low, high))).join('');
	return ' '.repeat(cells - means.length) + line;
}

function barOf(value: number, low: number, high: number): string {
	if (low === high) return flat;
	// Halves first: the difference of two huge numbers is no number any more.
	const share = (value / 2 - low / 2) / (high / 2 - low / 2);
	return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? flat;
}

/** The mean of each cell's values; null where it has none. */
function reduced(values: readonly (number | null)[], cells: number): (number | null)[] {
	const count = Math.min(values.length, cells);
	return Array.from({length: count}, (_, cell) => {
		const start = Math.floor((cell * values.length) / count);
		const end = Math.floor(((cell + 1) * values.length) / count);
		return mean(values.slice(start, end));
	});
}

function mean(values: readonly (number | null)[]): number | null {
	const known = values.filter(value => value !== null && Number.isFinite(value)) as number[];
	return known.length === 0 ? null : known.reduce((sum, value) => sum + value / known.length, 0);
}
