import fc from 'fast-check';
import {expect, test} from 'vitest';
import {expandBraces} from '../../src/shell/braces.ts';
import {hasGlob, nameMatcher, unescapePattern} from '../../src/shell/glob.ts';
import {parseLine} from '../../src/shell/parse-line.ts';
import {quoteWord} from '../../src/shell/quote.ts';
import {evaluateWord} from '../../src/shell/word.ts';

test.each<[pattern: string, ...words: string[]]>([
	['a{b,c}d', 'abd', 'acd'],
	['{a,b}{1,2}', 'a1', 'a2', 'b1', 'b2'],
	['{a,b{c,d}}', 'a', 'bc', 'bd'],
	['a{,.bak}', 'a', 'a.bak'],
	['{1..3}', '1', '2', '3'],
	['{3..1}', '3', '2', '1'],
	['{08..10}', '08', '09', '10'],
	['{-1..1}', '-1', '0', '1'],
	['{a}', '{a}'],
	['{}', '{}'],
	['{a,b', '{a,b'],
	['a}b{c,d}', 'a}bc', 'a}bd'],
	['\\{a,b}', '\\{a,b}'],
	['{a\\,b,c}', 'a\\,b', 'c'],
	['{x{a,b}', '{xa', '{xb'],
])('%s stands for %j', (pattern, ...words) => {
	expect(expandBraces(pattern)).toEqual(words);
});

test('braces that would fill the memory are refused', () => {
	expect(() => expandBraces('{1..9999999}')).toThrow('more than 10,000 names');
	expect(() => expandBraces('{1..200}{1..200}')).toThrow('more than 10,000 names');
});

test.each<[pattern: string, matches: string[], others: string[]]>([
	['*.csv', ['a.csv', 'a.b.csv', '.csv'], ['a.csv ', 'a.csvx', 'acsv']],
	['?', ['a', '😀', '\n'], ['', 'ab']],
	['a*', ['a', 'a\nb', 'a\x1b[0m'], ['ba']],
	['[a-c]x', ['ax', 'bx'], ['dx', '-x']],
	['[!a-c]x', ['dx'], ['ax']],
	['[^a-c]x', ['dx'], ['ax']],
	['[]x]', [']', 'x'], ['y']],
	['[a-]', ['a', '-'], ['b']],
	['[z-a]', ['z', 'a', '-'], ['m']],
	['[\\]\\\\]', [']', '\\'], ['[']],
	['[a', ['[a'], ['a']],
	['a+(b)|c$^.', ['a+(b)|c$^.'], ['ab']],
	['\\*\\?', ['*?'], ['ab']],
	['[é-ü]', ['é', 'ö'], ['z']],
])('%s matches %j and not %j', (pattern, matches, others) => {
	const matcher = nameMatcher(pattern);
	expect(matches.filter(name => !matcher(name))).toEqual([]);
	expect(others.filter(matcher)).toEqual([]);
});

test('case can be ignored', () => {
	expect(nameMatcher('*.CSV', {ignoreCase: true})('a.csv')).toBe(true);
});

const special = fc.string({unit: fc.constantFrom(...'*?[]{}!^-,.\\\'"\n\x1b/a1$#~'.split(''))});

test('quoted text is never a glob and stays itself', () => {
	fc.assert(
		fc.property(special, text => {
			const [statement] = parseLine(`cat ${quoteWord(text)}`);
			const word = statement?.kind === 'command' ? evaluateWord(statement.words[1]!, 0) : undefined;
			const patterns = expandBraces(word!.pattern);
			expect(patterns.map(unescapePattern)).toEqual([text]);
			expect(hasGlob(patterns[0]!)).toBe(false);
		}),
	);
});

test('any pattern compiles', () => {
	fc.assert(
		fc.property(fc.oneof(special, fc.string({unit: 'binary'})), pattern => {
			nameMatcher(pattern)('name');
		}),
	);
});
