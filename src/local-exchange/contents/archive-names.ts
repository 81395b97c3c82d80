/**
 * Names for the entries of one folder of an archive. Whatever the Exchange's names hold, each is one
 * path segment that stays inside the folder on any system, and no two are alike.
 */
export function uniqueNames(): (name: string, fileExtension?: string) => string {
	const taken = new Set<string>();
	return (name, fileExtension = '') => {
		const suffix = fileExtension === '' ? '' : `.${fileExtension}`;
		for (let copy = 1; ; copy++) {
			const candidate = safeSegment(copy === 1 ? name + suffix : `${name} (${copy})${suffix}`);
			if (taken.has(candidate)) continue;
			taken.add(candidate);
			return candidate;
		}
	};
}

function safeSegment(name: string): string {
	// Separators, control characters and drive letters; then what means a directory itself.
	const safe = name.replace(/[/\\\x00-\x1f\x7f]/g, '_').replace(/^([a-zA-Z]):/, '$1_');
	return /^\.{0,2}$/.test(safe) ? `_${safe}` : safe;
}
