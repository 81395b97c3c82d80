import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createLentChunks} from '../../src/exchange/lent-chunks.ts';

const settled = () => new Promise(resolve => setImmediate(resolve));

/** The byte at a position of an endless stream without a short period. */
const byteAt = (position: number) => (Math.imul(position + 1, 0x9e3779b1) >>> 23) & 255;

/** A source, a reader, and what each of them may hold the other to. */
function rig(size: number) {
	let sent = 0;
	let taken = 0;
	let paused = false;
	let pending = false;
	let done = false;
	let held: {readonly chunk: Uint8Array; readonly from: number} | undefined;
	const memory = new Set<ArrayBufferLike>();
	const lent = createLentChunks(() => {
		paused = false;
	}, size);
	// A socket holds the next place while the last chunk is still being read.
	let place = lent.space();

	const check = () => {
		if (!held) return;
		const expected = held.chunk.map((_byte, index) => byteAt(held!.from + index));
		expect(held.chunk).toEqual(expected);
	};
	return {
		/** As a socket: into the place it was given, then asks for the next. */
		arrive: (count: number) => {
			const now = Math.min(count, place.length);
			for (let index = 0; index < now; index++) place[index] = byteAt(sent++);
			memory.add(place.buffer);
			paused = !lent.arrived(now);
			place = lent.space();
			check();
		},
		read: async () => {
			check();
			if (pending || done) return;
			pending = true;
			held = undefined;
			void lent.chunks.next().then(next => {
				pending = false;
				done = next.done === true;
				held = next.done ? undefined : {chunk: next.value, from: taken};
				taken += held?.chunk.length ?? 0;
				check();
			});
			await settled();
		},
		end: lent.end,
		isPaused: () => paused,
		isDone: () => done,
		counts: () => ({sent, taken}),
		blocks: () => memory.size,
	};
}

test('whatever comes in whatever order, no byte is lost or changed while it is being read', async () => {
	const step = fc.oneof(
		fc.record({arrive: fc.integer({min: 1, max: 40}), whilePaused: fc.boolean()}),
		fc.constant('read' as const),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, {maxLength: 200}), fc.integer({min: 1, max: 16}), async (steps, size) => {
			const {arrive, read, end, isPaused, isDone, counts} = rig(size);
			for (const now of steps) {
				if (now === 'read') await read();
				// TLS goes on with what it has already received.
				else if (now.whilePaused || !isPaused()) arrive(now.arrive);
			}
			end();
			while (!isDone()) await read();
			const {sent, taken} = counts();
			expect(taken).toBe(sent);
		}),
		{numRuns: 300},
	);
});

test('a source that pauses when told to is given the same few blocks again and again', async () => {
	const {arrive, read, isPaused, blocks, counts} = rig(8);
	for (let round = 0; round < 100; round++) {
		while (!isPaused()) arrive(8);
		while (isPaused()) await read();
	}
	expect(counts().taken).toBeGreaterThan(8 * 90);
	expect(blocks()).toBeLessThanOrEqual(10);
});

test('a reader that waits gets the first byte at once', async () => {
	const {arrive, read, counts} = rig(1024);
	await read();
	arrive(1);
	await settled();
	expect(counts()).toEqual({sent: 1, taken: 1});
});

test('an error of the source reaches the reader', async () => {
	const lent = createLentChunks(() => {});
	lent.space();
	const next = lent.chunks.next();
	lent.end(new Error('dropped'));
	lent.end();
	await expect(next).rejects.toThrow('dropped');
});
