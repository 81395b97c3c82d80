import {styledCharsFromTokens, tokenize} from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {isNarrow, narrowTokens, narrowWidth} from '../../src/build/narrow.ts';

const narrowUnit = fc
	.integer({min: 0x20, max: 0xffff})
	.map(unit => String.fromCharCode(unit))
	.filter(isNarrow);
const color = fc.constantFrom(
	'\u001b[1m',
	'\u001b[31m',
	'\u001b[39m',
	'\u001b[0m',
	'\u001b[38;5;12m',
	'\u001b[1;34m',
	'\u001b[48;2;1;22;255m',
);
const text = fc.array(fc.oneof({weight: 6, arbitrary: narrowUnit}, color)).map(parts => parts.join(''));

/** The package answers an end code for every code it knows, itself else. */
function endCodeOf(code: string): string {
	const [token] = tokenize(code);
	return token?.type === 'ansi' ? token.endCode : code;
}

describe('the short way for narrow text', () => {
	test('measures every unit as the package does', () => {
		for (let unit = 0x20; unit <= 0xffff; unit++) {
			const character = String.fromCharCode(unit);
			if (isNarrow(character)) expect(stringWidth(character), character).toBe(narrowWidth(character));
		}
	});

	test('measures whole texts as the package does', () => {
		fc.assert(fc.property(text, value => narrowWidth(value) === stringWidth(value)));
	});

	test('splits whole texts as the package does', () => {
		fc.assert(
			fc.property(text, value => {
				expect(narrowTokens(value, endCodeOf)).toEqual(tokenize(value));
				expect(styledCharsFromTokens([...narrowTokens(value, endCodeOf)])).toEqual(
					styledCharsFromTokens(tokenize(value)),
				);
			}),
		);
	});

	test.each(['日本', '👩‍🔧', 'e\u0301', 'a\u200bb', '\u001b[1;38;5;3m', '\u001b]8;;x\u0007', '\t', 'क्ष'])(
		'leaves %j to the package',
		value => expect(isNarrow(value)).toBe(false),
	);
});
