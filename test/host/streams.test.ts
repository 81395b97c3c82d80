import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {createWriter} from '../../src/host/streams.ts';

/** A terminal or pipe that takes a write only after `write` has answered; fails at the one called so. */
function sink(): NodeJS.WriteStream & {readonly taken: readonly string[]} {
	const taken: string[] = [];
	const stream = new Writable({
		highWaterMark: 1,
		write: (chunk, _encoding, done) => {
			const text = String(chunk);
			setImmediate(() => {
				taken.push(text);
				const code = {'broken pipe': 'EPIPE', 'full disk': 'ENOSPC'}[text];
				done(code ? Object.assign(new Error(text), {code}) : null);
			});
		},
	});
	return Object.assign(stream, {taken}) as unknown as ReturnType<typeof sink>;
}

test('a write waits until more may be written, and leaves no listener behind', async () => {
	const stream = sink();
	const writer = createWriter(stream, () => {});
	const before = stream.eventNames().map(name => stream.listenerCount(name));
	for (let count = 1; count <= 100; count++) {
		await writer.write(`${count}`);
		expect(stream.taken).toHaveLength(count);
	}
	expect(stream.eventNames().map(name => stream.listenerCount(name))).toEqual(before);
});

test('a reader that goes is told once, and what is written then has no effect', async () => {
	const stream = sink();
	const told: unknown[] = [];
	const writer = createWriter(stream, failure => told.push(failure));
	await writer.write('broken pipe');
	await writer.write('nobody reads this');
	await writer.settled();
	expect(told).toEqual([undefined]);
	expect(stream.taken).toEqual(['broken pipe']);
});

test('an output that fails is told once, with the reason, before all is settled', async () => {
	const stream = sink();
	const told: unknown[] = [];
	const writer = createWriter(stream, failure => told.push(failure?.message));
	void writer.write('full disk');
	await writer.settled();
	expect(told).toEqual(['the output: the local disk is full']);
});
