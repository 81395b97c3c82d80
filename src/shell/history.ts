/** Lines kept at most. */
const bound = 10_000;

/** What must never reach a history file: credentials, and URLs that carry their own permission. */
const secrets = [
	/X-Amz-(Signature|Credential|Security-Token)=/i,
	/\bAuthorization\b/i,
	/\bADX_TOKEN\s*=/,
	/\b(token|password|passwd|secret|api[-_]?key)\s*[=:]\s*\S/i,
	/\bBearer\s+\S/i,
	/\beyJ[\w-]{10,}\.[\w-]{10,}/,
	/\bAKIA[0-9A-Z]{16}\b/,
	/[?&](sig|signature)=/i,
	// One long word with capitals, small letters and digits: a token at the wrong prompt.
	/^\s*(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[\w.~+/=-]{24,}\s*$/,
	// A token typed where it is asked for next.
	/(^|[;&|\n])\s*login\b(?!(\s+(-p|--profile|--endpoint)(=|\s+)[^\s;&|]+)*\s*($|[;&|\n]))/,
];

/** Whether a line looks as if it held a credential. */
function holdsSecret(line: string): boolean {
	return secrets.some(secret => secret.test(line));
}

/**
 * The lines, oldest first, with `line` added: not when it is blank, starts with a space, repeats the
 * last one or holds a secret. The oldest go beyond 10,000. The same array comes back when nothing changes.
 */
export function addToHistory(lines: readonly string[], line: string): readonly string[] {
	const kept = line.trimEnd();
	if (kept === '' || kept.startsWith(' ') || kept === lines.at(-1) || holdsSecret(kept)) return lines;
	return [...lines.slice(Math.max(0, lines.length + 1 - bound)), kept];
}

/**
 * The index of the next line before (`-1`) or after (`1`) `from` that begins with `prefix` and is not
 * `current`, or undefined. Start with `from` = `lines.length`.
 */
export function findByPrefix(
	lines: readonly string[],
	prefix: string,
	from: number,
	direction: -1 | 1,
	current = prefix,
): number | undefined {
	for (let at = from + direction; at >= 0 && at < lines.length; at += direction) {
		const line = lines[at]!;
		if (line.startsWith(prefix) && line !== current) return at;
	}
	return undefined;
}

/** Where a reverse search stands. */
export type Found = {
	/** Index of the line. */
	readonly index: number;
	/** Where in the line the query matched, in UTF-16 units. */
	readonly at: number;
};

/**
 * The latest line before `before` that holds `query`, case apart where the query has no capital. Pass
 * `lines.length` to begin with, the last index to go on.
 */
export function reverseSearch(lines: readonly string[], query: string, before: number): Found | undefined {
	if (query === '') return undefined;
	const ignoreCase = query === query.toLowerCase();
	for (let index = Math.min(before, lines.length) - 1; index >= 0; index--) {
		const line = lines[index]!;
		const at = (ignoreCase ? line.toLowerCase() : line).lastIndexOf(query);
		if (at !== -1) return {index, at};
	}
	return undefined;
}
