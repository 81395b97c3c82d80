import {describe, expect, test} from 'vitest';
import {sanitize, sanitizeLines} from '../../src/render/sanitize.ts';

describe('sanitize', () => {
	test.each([
		['readme.txt', 'readme.txt'],
		['Señal größe.csv', 'Señal größe.csv'],
		['測定 データ.csv', '測定 データ.csv'],
		['\u001b[2Jx', '\\x1b[2Jx'],
		['a\nb\r\tc', 'a\\nb\\r\\tc'],
		['\u0000\u007f\u009b31m', '\\x00\\x7f\\x9b31m'],
		['a\u202ecod.exe', 'a\\u202ecod.exe'],
		['a\u200bb\ufeffc\u00add', 'a\\u200bb\\ufeffc\\xadd'],
		['a\u200db', 'a\\u200db'],
		['\ud800x', '\\ud800x'],
		['tag\u{e0041}', 'tag\\u{e0041}'],
		['a\u2028b', 'a\\u2028b'],
		['../../etc/passwd', '../../etc/passwd'],
	])('shows %j as %j', (text, shown) => {
		expect(sanitize(text)).toBe(shown);
	});

	test('keeps the joiners that an emoji and a Persian word need', () => {
		expect(sanitize('👩‍🔬 نمی‌دانم')).toBe('👩‍🔬 نمی‌دانم');
	});

	test('leaves no control character in any text of one unit', () => {
		const all = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).join('');
		expect(sanitize(all)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
	});

	test('keeps line ends and tabs of a text, and nothing else', () => {
		expect(sanitizeLines('a\tb\r\nc\u001b[1m\n')).toBe('a\tb\nc\\x1b[1m\n');
	});
});
