import fc from 'fast-check';
import {expect, test} from 'vitest';
import {uniqueNames} from '../../../src/local-exchange/contents/archive-names.ts';

test.each([
	['a', 'tar.gz', 'a.tar.gz'],
	['LICENSE', '', 'LICENSE'],
	['', 'gitignore', '.gitignore'],
	['', './etc', '.._etc'],
	['..', '', '_..'],
	['.', '', '_.'],
	['../../x', 'txt', '.._.._x.txt'],
	['/etc/passwd', '', '_etc_passwd'],
	['C:\\x', '', 'C__x'],
	['a\nb\u0000', '', 'a_b_'],
])('%j with the extension %j becomes %j', (name, extension, expected) => {
	expect(uniqueNames()(name, extension)).toBe(expected);
});

test('a name that is taken gets a number', () => {
	const named = uniqueNames();
	expect([named('a', 'csv'), named('a', 'csv'), named('a', 'csv'), named('a')]).toEqual([
		'a.csv',
		'a (2).csv',
		'a (3).csv',
		'a',
	]);
});

test('any names become distinct single segments', () => {
	fc.assert(
		fc.property(fc.array(fc.string({unit: 'binary'}), {maxLength: 10}), names => {
			const named = uniqueNames();
			const results = names.map(name => named(name));
			expect(new Set(results).size).toBe(names.length);
			for (const result of results) {
				expect(result).not.toMatch(/[/\\\0]/);
				expect(['', '.', '..']).not.toContain(result);
			}
		}),
	);
});
