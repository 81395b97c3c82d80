/** A query as the Exchange gets it, and as it was written. */
export type Filled = {
	readonly text: string;
	/** The place in what was written of a place in `text`. */
	readonly original: (at: number) => number;
};

/** What is no place to fill in: strings, comments. Then names in quotes, which may be a placeholder. */
const tokens =
	/'(?:[^']|'')*'?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"\{(db|table)\}"|"(?:[^"]|"")*"?|\{(db|table)\}/g;

export type SqlNames = {readonly db: string; readonly table: string};

/** Whether a query asks for names to be filled in. */
export function hasPlaceholders(sql: string): boolean {
	return sql.matchAll(tokens).some(([, quoted, bare]) => quoted !== undefined || bare !== undefined);
}

/**
 * `{db}` and `{table}`, in quotes or not, as quoted names. Inside strings, comments and other quoted names
 * they stay.
 */
export function fillNames(sql: string, names: SqlNames): Filled {
	const moved: {
		readonly end: number;
		readonly shift: number;
		readonly start: number;
		readonly from: number;
	}[] = [];
	let text = '';
	let done = 0;
	for (const match of sql.matchAll(tokens)) {
		const which = (match[1] ?? match[2]) as keyof SqlNames | undefined;
		if (which === undefined) continue;
		text += sql.slice(done, match.index);
		const start = text.length;
		text += `"${names[which].replaceAll('"', '""')}"`;
		done = match.index + match[0].length;
		moved.push({start, end: text.length, from: match.index, shift: done - text.length});
	}
	text += sql.slice(done);
	return {
		text,
		original: at => {
			const before = moved.findLast(({start}) => start <= at);
			if (!before) return at;
			return at < before.end ? before.from : at + before.shift;
		},
	};
}
