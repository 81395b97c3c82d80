import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseLine} from '../../src/shell/parse-line.ts';
import {isPrintable, quoteWord} from '../../src/shell/quote.ts';
import {evaluateWord} from '../../src/shell/word.ts';

test.each<[text: string, quoted: string]>([
	['readme.txt', 'readme.txt'],
	['Züge/图表.csv', 'Züge/图表.csv'],
	['Campus study:/a', "'Campus study:/a'"],
	['', "''"],
	["it's", '"it\'s"'],
	['it\'s "$5"', `'it'\\''s "$5"'`],
	['a\nb', "$'a\\nb'"],
	["\x1b[31m'", "$'\\x1b[31m\\''"],
	['a\u202eb', "$'a\\u202eb'"],
	['👩🏽\u200d🔬 1', "'👩🏽\u200d🔬 1'"],
	['🏳\ufe0f\u200d🌈', "'🏳\ufe0f\u200d🌈'"],
	['👩\u200d', "$'👩\\u200d'"],
	['a\u200d🔬', "$'a\\u200d🔬'"],
	['a\u{e0001}b', "$'a\\U000e0001b'"],
	['*?[a]{b,c}', "'*?[a]{b,c}'"],
	['a;b', "'a;b'"],
	['#a', "'#a'"],
	['!a', "'!a'"],
])('%j is typed as %s', (text, quoted) => {
	expect(quoteWord(text)).toBe(quoted);
});

const names = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string({unit: fc.constantFrom(...'\'"\\$`!#;&|<>*?[]{}~,- \t\r\na\x1b\x00é😀?./:'.split(''))}),
);

test('any text comes back from a line as the one word it was, and nothing of it is a glob', () => {
	fc.assert(
		fc.property(names, names, (first, second) => {
			const statements = parseLine(`cat ${quoteWord(first)} ${quoteWord(second)}`);
			expect(statements).toHaveLength(1);
			const [statement] = statements;
			const words = statement?.kind === 'command' ? statement.words.slice(1) : [];
			expect(words.map(word => evaluateWord(word, 0).text)).toEqual([first, second]);
		}),
		{numRuns: 500},
	);
});

test('quoted text is printable', () => {
	fc.assert(fc.property(names, text => isPrintable(quoteWord(text))));
});
