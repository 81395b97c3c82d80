/**
 * The candidate that `word` most likely meant: a typing slip or two away, case apart, or the only one
 * that begins with it or with a word a slip away; else undefined.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
	const typed = word.toLowerCase();
	const longer: string[] = [];
	let best: string | undefined;
	let least = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		if (word.length > 2 && beginsAs(candidate.toLowerCase(), typed)) longer.push(candidate);
		if (Math.abs(candidate.length - word.length) >= least) continue;
		const slips = distance(typed, candidate.toLowerCase(), least);
		if (slips < least && candidate !== word && slips < Math.max(typed.length, candidate.length)) {
			best = candidate;
			least = slips;
		}
	}
	const [only, ...others] = longer.filter(candidate => candidate !== word);
	return best ?? (others.length === 0 ? only : undefined);
}

/** Whether `name` begins as typed, or its first word is a slip away from it: `sensr` for `sensor study`. */
function beginsAs(name: string, typed: string): boolean {
	const [first = ''] = name.split(/[^\p{L}\p{N}]/u, 1);
	return name.startsWith(typed) || (typed.length > 3 && first.length > 3 && distance(typed, first, 2) < 2);
}

/** Optimal string alignment: insertions, deletions, substitutions, swapped neighbours. `limit` or more is `limit`. */
function distance(a: string, b: string, limit: number): number {
	let before: number[] = [];
	let previous = Array.from({length: b.length + 1}, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				cost = Math.min(cost, before[j - 2]! + 1);
			}
			row.push(cost);
			least = Math.min(least, cost);
		}
		if (least >= limit) return limit;
		before = previous;
		previous = row;
	}
	return Math.min(limit, previous[b.length]!);
}
