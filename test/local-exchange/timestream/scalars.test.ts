import {describe, expect, test} from 'vitest';
import {
	readScalar,
	type Scalar,
	unreadable,
	writeScalar,
} from '../../../src/local-exchange/timestream/scalars.ts';
import type {ScalarType} from '../../../src/local-exchange/timestream/types.ts';

describe('a text is read as', () => {
	test.each<[ScalarType, string, Scalar, string?]>([
		['DOUBLE', '412.5', 412.5],
		['DOUBLE', '1', 1, '1.0'],
		['DOUBLE', '-0', -0, '-0.0'],
		['DOUBLE', '.5', 0.5, '0.5'],
		['DOUBLE', '5.', 5, '5.0'],
		['DOUBLE', '+1e3', 1000, '1000.0'],
		['DOUBLE', '1e308', 1e308, '1.0E308'],
		['DOUBLE', '12345678', 12_345_678, '1.2345678E7'],
		['DOUBLE', '0.0001', 0.0001, '1.0E-4'],
		['BIGINT', '9007199254740993', 9_007_199_254_740_993n],
		['BIGINT', '9223372036854775807', 2n ** 63n - 1n],
		['BIGINT', '-9223372036854775808', -(2n ** 63n)],
		['BIGINT', '+7', 7n, '7'],
		['BOOLEAN', 'true', true],
		['BOOLEAN', 'FALSE', false, 'false'],
		['VARCHAR', '', ''],
		['VARCHAR', '⚡ "quoted"\nline', '⚡ "quoted"\nline'],
		['TIMESTAMP', '1767225600000000001', 1_767_225_600_000_000_001n, '2026-01-01 00:00:00.000000001'],
		['TIMESTAMP', '-1', -1n, '1969-12-31 23:59:59.999999999'],
		['TIMESTAMP', '2026-01-01 00:00:00.000000001', 1_767_225_600_000_000_001n],
		['TIMESTAMP', '2026-01-01T00:00:00.5Z', 1_767_225_600_500_000_000n, '2026-01-01 00:00:00.500000000'],
	])('%s: %s', (type, text, value, written = text) => {
		expect(readScalar(type, text)).toBe(value);
		expect(writeScalar(type, value)).toBe(written);
		expect(readScalar(type, written)).toBe(value);
	});
});

describe('a text is refused as', () => {
	test.each<[ScalarType, string, string]>([
		['DOUBLE', '12,5', 'not a DOUBLE'],
		['DOUBLE', '', 'not a DOUBLE'],
		['DOUBLE', ' 1', 'not a DOUBLE'],
		['DOUBLE', '0x10', 'not a DOUBLE'],
		['DOUBLE', 'NaN', 'NaN and infinity cannot be stored'],
		['DOUBLE', '-Infinity', 'NaN and infinity cannot be stored'],
		['DOUBLE', '1e309', 'out of the range of DOUBLE'],
		['BIGINT', '9223372036854775808', 'out of the range of BIGINT'],
		['BIGINT', '1.5', 'not a BIGINT'],
		['BIGINT', '1e3', 'not a BIGINT'],
		['BOOLEAN', 'yes', 'not a BOOLEAN (true or false)'],
		['BOOLEAN', '1', 'not a BOOLEAN (true or false)'],
		['TIMESTAMP', 'yesterday', 'not a TIMESTAMP'],
		['TIMESTAMP', '2026-02-30 00:00:00', 'not a TIMESTAMP'],
		['TIMESTAMP', '9223372036854775807', 'out of the range of TIMESTAMP'],
		['TIMESTAMP', '9999-01-01 00:00:00', 'out of the range of TIMESTAMP'],
	])('%s: %s', (type, text, why) => {
		expect(readScalar(type, text)).toBeUndefined();
		expect(unreadable(type, text)).toBe(why);
	});
});
