import fc from 'fast-check';
import {expect, test} from 'vitest';
import {csvLine, csvRows} from '../../../../src/local-exchange/timestream/structured/csv.ts';

async function* cut(text: string, at: readonly number[]): AsyncGenerator<string> {
	let start = 0;
	for (const end of [...at].sort((a, b) => a - b)) {
		yield text.slice(start, end);
		start = Math.max(start, end);
	}
	yield text.slice(start);
}

test.each([
	[[['a', null, '']], 'a,,""\n'],
	[[['a,b', 'a"b', 'a\nb', 'a\r']], '"a,b","a""b","a\nb","a\r"\n'],
])('%j is %j', (rows, text) => {
	expect(rows.map(csvLine).join('')).toBe(text);
});

test('rows are read as they were written, however the text is cut', async () => {
	const field = fc.oneof(
		fc.constant(null),
		fc.string({unit: fc.constantFrom('a', '"', ',', '\n', '\r', '🙂')}),
	);
	const row = fc.tuple(fc.string({unit: fc.constantFrom('a', '"', ',', '\n')}), field, field);
	await fc.assert(
		fc.asyncProperty(fc.array(row), fc.array(fc.nat(60)), async (rows, cuts) => {
			const text = rows.map(csvLine).join('');
			const read: (string | null)[][] = [];
			for await (const each of csvRows(cut(text, cuts))) read.push(...each);
			expect(read).toEqual(rows);
		}),
	);
});
