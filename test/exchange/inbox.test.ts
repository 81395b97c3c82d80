import {expect, test} from 'vitest';
import {createInbox} from '../../src/exchange/inbox.ts';

/** Takes some time, as a big message does. */
function work(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

test('a message is handled at once', () => {
	const handled: number[] = [];
	createInbox<number>(message => handled.push(message)).push(1);
	expect(handled).toEqual([1]);
});

test('hundreds let others have their turn, and keep their order', async () => {
	const handled: number[] = [];
	const done = Promise.withResolvers<void>();
	const inbox = createInbox<number>(message => {
		work(1);
		handled.push(message);
		if (message === 99) done.resolve();
	});
	for (let message = 0; message < 100; message++) inbox.push(message);
	expect(handled.length).toBeLessThan(100);
	let turns = 0;
	const count = () => {
		turns += 1;
		if (handled.length < 100) setImmediate(count);
	};
	setImmediate(count);
	await done.promise;
	expect(handled).toEqual(Array.from({length: 100}, (_, message) => message));
	expect(turns).toBeGreaterThan(3);
});

test('what waits is handled now when it has to be', () => {
	const handled: number[] = [];
	const inbox = createInbox<number>(message => {
		work(5);
		handled.push(message);
	});
	for (const message of [1, 2, 3]) inbox.push(message);
	inbox.flush();
	expect(handled).toEqual([1, 2, 3]);
});
