import {expect, test} from 'vitest';
import {isNumeric, readableNumber, readableValue} from '../../src/render/numbers.ts';

test.each([
	['412.6', '412.6'],
	['71.30', '71.30'],
	['412.6000000000001', '412.6'],
	['123456.789', '123457'],
	['1234567.5', '1234568'],
	['9007199254740993', '9007199254740993'],
	['-0.1234567', '-0.123457'],
	['0.000123456789', '0.000123457'],
	['0.000001234567', '1.23457e-6'],
	['1.0E10', '10000000000'],
	['1e308', '1e308'],
	['-1.7976931348623157E308', '-1.79769e308'],
	['1e999', '1e999'],
	['0', '0'],
	['0.0', '0.0'],
	['NaN', 'NaN'],
	['closed', 'closed'],
	['1,5', '1,5'],
	['', ''],
	['+3.10', '+3.10'],
	['.5', '.5'],
])('a person reads %j as %j', (text, readable) => {
	expect(readableNumber(text)).toBe(readable);
});

test.each([
	[1 / 3, '0.333333'],
	[1e6, '1,000,000'],
	[-54_321, '-54,321'],
	[9_999, '9999'],
	[123_456.789, '123,457'],
	[1e308, '1e308'],
	[-1e20, '-1e20'],
	[999_999_999_999_999, '1e15'],
	[5e-324, '5e-324'],
	[0, '0'],
	[404.1, '404.1'],
])('%d is %j', (value, readable) => {
	expect(readableValue(value)).toBe(readable);
});

test('what is a number', () => {
	expect(['1', '-1.5', '.5', '5.', '1e5', '+2'].every(isNumeric)).toBe(true);
	expect(['', 'NaN', 'Infinity', '0x10', '1 ', '1e', '--1', '.'].some(isNumeric)).toBe(false);
});
