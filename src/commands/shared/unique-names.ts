/** Names to be fields of one record, in order: the second `x` is `x (2)`, and so is one that `taken` has. */
export function uniqueNames(names: readonly string[], taken: readonly string[] = []): readonly string[] {
	const used = new Set(taken);
	return names.map(name => {
		let unique = name;
		for (let count = 2; used.has(unique); count++) unique = `${name} (${count})`;
		used.add(unique);
		return unique;
	});
}
