import {expect, test} from 'vitest';
import {turns} from '../../src/shell/turns.ts';

test('so many at the same time and no more, each in its turn; one that fails makes room too', async () => {
	const turn = turns(2);
	const begun: number[] = [];
	const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
	const all = gates.map(({promise}, index) =>
		turn(() => {
			begun.push(index);
			return promise;
		}),
	);
	expect(begun).toEqual([0, 1]);
	gates[1]!.reject(new Error('failed'));
	await expect(all[1]).rejects.toThrow('failed');
	expect(begun).toEqual([0, 1, 2]);
	gates[0]!.resolve();
	await all[0];
	expect(begun).toEqual([0, 1, 2, 3]);
});
