/** A line of CSV (RFC 4180, but with LF). Null is nothing at all, an empty text is `""`. */
export function csvLine(fields: readonly (string | null)[]): string {
	return `${fields.map(csvField).join(',')}\n`;
}

export function csvField(field: string | null): string {
	if (field === null) return '';
	return field === '' || /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** The rows of a text as `csvLine` writes it, in whatever pieces it comes: those that each piece completes. */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<(string | null)[][]> {
	let rest = '';
	for await (const piece of pieces) {
		rest += piece;
		const rows: (string | null)[][] = [];
		let start = 0;
		for (let end = lineEnd(rest, 0); end !== -1; end = lineEnd(rest, start)) {
			rows.push(csvFields(rest.slice(start, end)));
			start = end + 1;
		}
		rest = rest.slice(start);
		yield rows;
	}
}

/** Where the line that begins at `from` ends; -1 when it goes on. A quoted line feed ends nothing. */
function lineEnd(text: string, from: number): number {
	let end = text.indexOf('\n', from);
	let quote = text.indexOf('"', from);
	while (end !== -1 && quote !== -1 && quote < end) {
		const close = text.indexOf('"', quote + 1);
		if (close === -1) return -1;
		quote = text.indexOf('"', close + 1);
		if (end < close) end = text.indexOf('\n', close);
	}
	return end;
}

function csvFields(line: string): (string | null)[] {
	if (!line.includes('"')) return line.split(',').map(field => (field === '' ? null : field));
	const fields: (string | null)[] = [];
	// With a comma before each, no match is empty.
	for (const [, quoted, plain] of `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
		fields.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
	}
	return fields;
}
