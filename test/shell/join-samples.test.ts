import {expect, test} from 'vitest';
import {joinSamples, timeKey} from '../../src/shell/join-samples.ts';
import type {Sample} from '../../src/shell/time-series.ts';

const at = (second: number | string) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`;
const sample = (second: number | string, value = String(second)): Sample => ({timestamp: at(second), value});

async function* pages(...list: (readonly Sample[])[]) {
	yield* list;
}
const joined = async (...series: AsyncIterable<readonly Sample[]>[]) =>
	(await Array.fromAsync(joinSamples(series))).flat().map(({timestamp, values}) => [timestamp, ...values]);

test('is a row a time, in order, however the pages fall', async () => {
	const a = pages([sample(1), sample(3)], [], [sample(5)]);
	const b = pages([], [sample(2), sample(3, 'b'), sample(9)]);
	expect(await joined(a, b)).toEqual([
		[at(1), '1', null],
		[at(2), null, '2'],
		[at(3), '3', 'b'],
		[at(5), '5', null],
		[at(9), null, '9'],
	]);
});

test('one time in two spellings is one time, two samples of a time are two rows', async () => {
	const a = pages([sample('01.5', 'a'), sample('01.500', 'again')]);
	const b = pages([sample('01.500000000', 'b'), sample('01.500000001', 'later')]);
	expect(await joined(a, b)).toEqual([
		[at('01.5'), 'a', 'b'],
		[at('01.500'), 'again', null],
		[at('01.500000001'), null, 'later'],
	]);
	expect(timeKey(at(1)) < timeKey(at('01.000000001'))).toBe(true);
});

test('holds a page of each and no more, and leaves all when its reader does', async () => {
	const asked = [0, 0];
	const left: number[] = [];
	const endless = (index: number) =>
		(async function* () {
			try {
				for (;;) yield Array.from({length: 10}, () => sample(asked[index]!++ % 60));
			} finally {
				left.push(index);
			}
		})();
	for await (const moments of joinSamples([endless(0), endless(1)])) {
		expect(moments.length).toBeLessThanOrEqual(1_010);
		break;
	}
	expect(Math.max(...asked)).toBeLessThanOrEqual(1_010);
	expect(left).toEqual([0, 1]);
});

test('is one table though one series ends before another', async () => {
	const batches = joinSamples([pages([sample(1)]), pages([sample(1), sample(2)], [sample(3)])]);
	expect((await Array.fromAsync(batches)).map(({length}) => length)).toEqual([3]);
});

test('hands over what is there before a page that is on its way, or fails', async () => {
	const {promise, reject} = Promise.withResolvers<never>();
	const late = (async function* () {
		yield [sample(1), sample(2)];
		yield await promise;
	})();
	const batches = joinSamples([late]);
	expect((await batches.next()).value).toHaveLength(2);
	reject(new Error('gone'));
	await expect(batches.next()).rejects.toThrow('gone');
});

test('an error of one ends all', async () => {
	const broken = (async function* () {
		yield [sample(1)];
		throw new Error('gone');
	})();
	await expect(joined(broken, pages([sample(1), sample(2)]))).rejects.toThrow('gone');
});

test('nothing is nothing', async () => {
	expect(await joined()).toEqual([]);
	expect(await joined(pages(), pages([]))).toEqual([]);
});
