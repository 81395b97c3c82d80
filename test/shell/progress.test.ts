import {expect, test} from 'vitest';
import type {Output} from '../../src/shell/command.ts';
import {withProgress} from '../../src/shell/progress.ts';

const about = {key: 'get a', label: 'get a', total: 10};

test('progress comes at most ten times a second and ends with done and the result', async () => {
	let now = 1000;
	let report = (_bytes: number) => {};
	let finish = (_result: string) => {};
	const running = withProgress({now: () => now}, about, reporter => {
		report = reporter;
		return new Promise<string>(resolve => {
			finish = resolve;
		});
	});
	const first = running.next();
	report(1);
	now = 1100;
	report(2);
	expect((await first).value).toEqual({
		kind: 'progress',
		...about,
		bytes: 2,
		startedAt: 1000,
		at: 1100,
	});
	const second = running.next();
	now = 1150;
	report(7);
	finish('result');
	expect((await second).value).toMatchObject({bytes: 7, done: true});
	expect(await running.next()).toEqual({done: true, value: 'result'});
});

test('what fails ends its progress first', async () => {
	const running = withProgress({now: () => 0}, about, async report => {
		report(3);
		throw new Error('dropped');
	});
	const outputs: Output[] = [];
	await expect(
		(async () => {
			for await (const output of running) outputs.push(output);
		})(),
	).rejects.toThrow('dropped');
	expect(outputs).toMatchObject([{bytes: 3, done: true}]);
});

test('what was reported too soon is told a moment later, also when nothing follows', async () => {
	const running = withProgress({now: () => 0}, about, report => {
		report(3);
		return new Promise<void>(() => {});
	});
	expect((await running.next()).value).toMatchObject({bytes: 3});
});
