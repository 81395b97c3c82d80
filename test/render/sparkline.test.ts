import {describe, expect, test} from 'vitest';
import {sparkline} from '../../src/render/sparkline.ts';

describe('sparkline', () => {
	test.each<[name: string, values: (number | null)[], line: string]>([
		['rising', [1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█'],
		['few values stand to the right', [1, 2], '      ▁█'],
		['a gap is no zero', [1, null, 3], '     ▁·█'],
		['a constant is flat in the middle', [5, 5, 5, 5, 5, 5, 5, 5], '▄▄▄▄▄▄▄▄'],
		['one value', [0], '       ▄'],
		['huge numbers', [-1e308, 0, 1e308], '     ▁▅█'],
		['tiny numbers', [1e-9, 2e-9, 3e-9], '     ▁▅█'],
		['no numbers', [Number.NaN, Number.POSITIVE_INFINITY, null], '     ···'],
		['nothing', [], '        '],
	])('%s', (_, values, line) => {
		expect(sparkline(values, 8)).toBe(line);
	});

	test('many values share a cell by their mean, whatever is missing', () => {
		const values = Array.from({length: 64}, (_, index) => (index % 2 === 0 ? null : Math.floor(index / 8)));
		expect(sparkline(values, 8)).toBe('▁▂▃▄▅▆▇█');
		expect(sparkline([...Array<null>(32).fill(null), ...Array<number>(32).fill(1)], 8)).toBe('····▄▄▄▄');
		expect(sparkline([1.7e308, 1.7e308, 0, 0], 2)).toBe('█▁');
	});

	test('is exactly as wide as asked for', () => {
		for (const cells of [0, 1, 3, 8, 20]) {
			for (const length of [0, 1, 7, 8, 9, 100]) {
				expect([...sparkline(Array.from({length}, Math.sin), cells)]).toHaveLength(cells);
			}
		}
	});
});
