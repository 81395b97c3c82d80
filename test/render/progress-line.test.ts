import {describe, expect, test} from 'vitest';
import {progressLine} from '../../src/render/progress-line.ts';
import {textWidth} from '../../src/render/width.ts';
import type {Progress} from '../../src/shell/command.ts';

const progress: Progress = {
	kind: 'progress',
	key: 'get',
	label: 'get readme.txt',
	bytes: 118_400_000,
	total: 312_000_000,
	startedAt: 0,
	at: 5_559,
};

describe('progressLine', () => {
	test('tells bytes, share, rate and time left, with a bar where there is room', () => {
		const line = 'get readme.txt  118.4 of 312.0 MB  37 %  21.3 MB/s  10 s left';
		expect(progressLine(progress, {width: 70, now: 5_559})).toBe(line);
		expect(progressLine(progress, {width: 100, now: 5_559})).toBe(`${line}  ▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱`);
		expect(progressLine(progress, {width: Number.POSITIVE_INFINITY, now: 5_559})).toBe(line);
	});

	test('without a total tells bytes and rate', () => {
		expect(progressLine({...progress, total: null}, {width: 80, now: 5_559})).toBe(
			'get readme.txt  118 MB  21.3 MB/s',
		);
	});

	test('of work that is not counted in bytes tells per cent, detail and time', () => {
		const query: Progress = {
			...progress,
			label: 'query',
			bytes: 0,
			total: null,
			percent: 41.7,
			detail: '1,000 rows, 12 MB\u001b scanned',
		};
		const line = 'query  41 %  1,000 rows, 12 MB\\x1b scanned  5 s';
		expect(progressLine(query, {width: 60, now: 5_559})).toBe(line);
		expect(progressLine(query, {width: 80, now: 5_559})).toBe(`${line}  ▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱`);
		expect(progressLine({...query, done: true, detail: '2 rows'}, {width: 80, now: 0})).toBe(
			'done query  2 rows  in 5.6 s',
		);
	});

	test('slows down while nothing comes', () => {
		expect(progressLine(progress, {width: 80, now: 55_590})).toContain('2.13 MB/s');
	});

	test('at the end tells how much it was and how long it took', () => {
		const failed = {...progress, bytes: 100, at: 14_800, done: true, failed: true} as const;
		expect(progressLine(failed, {width: 80, now: 0})).toMatch(/^failed get readme.txt {2}100 B in 14.8 s/);
		expect(progressLine({...progress, bytes: 312_000_000, at: 14_800, done: true}, {width: 80, now: 0})).toBe(
			'done get readme.txt  312 MB in 14.8 s  21.1 MB/s',
		);
	});

	test('says nothing of a rate where no byte has moved', () => {
		const failed = {...progress, bytes: 0, at: 14_800, done: true, failed: true} as const;
		expect(progressLine(failed, {width: 80, now: 0})).toBe('failed get readme.txt  0 B in 14.8 s');
	});

	test('fits any width, however long and hostile the name', () => {
		for (let width = 1; width < 120; width++) {
			const line = progressLine({...progress, label: `get ${'デ\u001b'.repeat(40)}`}, {width, now: 5_559});
			expect(textWidth(line)).toBeLessThanOrEqual(width);
			expect(line).not.toContain('\u001b');
		}
	});

	test('an empty file and a first moment without a rate are no trouble', () => {
		expect(progressLine({...progress, bytes: 0, total: 0, at: 0}, {width: 60, now: 0})).toBe(
			'get readme.txt  0 of 0 B',
		);
	});
});
