/** Half as much makes too many calls; for twice as much a system is slower to find the memory of a file. */
const blockBytes = 1 << 19;

/** Full blocks that may wait for the reader. */
const ahead = 8;

/** Filled from its start; the reader has had the bytes before `read`. */
type Block = {readonly bytes: Uint8Array; filled: number; read: number};

/** Bytes on their way from a source, which fills memory, to a reader, which borrows it. */
export type LentChunks = {
	/**
	 * Where the source's next bytes go. Never empty, never memory that the reader may be looking at: a
	 * place once given stays the source's until something has arrived in it.
	 */
	readonly space: () => Uint8Array;
	/**
	 * `count` bytes are at the start of the last `space`. False when the source should pause until
	 * `onRoom`; what arrives all the same is kept, too.
	 */
	readonly arrived: (count: number) => boolean;
	/** No more will come: because of `error`, if there is one, else all is there. */
	readonly end: (error?: Error) => void;
	/**
	 * The bytes in their order, for one reader. A chunk is the reader's until it asks for the next one:
	 * then its memory is filled again.
	 */
	readonly chunks: AsyncGenerator<Uint8Array, void>;
};

/**
 * A few blocks of memory that go round between a source and a reader. Allocating for each read of a
 * socket instead takes longer than the reading: in page faults, and in collecting the garbage.
 */
export function createLentChunks(onRoom: () => void, size = blockBytes): LentChunks {
	const free: Block[] = [];
	/** Full ones; then the one being filled. */
	const full: Block[] = [];
	let current: Block | undefined;
	let paused = false;
	let ended = false;
	let failure: Error | undefined;
	let wake = () => {};

	async function* chunks(): AsyncGenerator<Uint8Array, void> {
		for (;;) {
			if (failure) throw failure;
			// What there is, however little: nobody gains by waiting for a full block.
			const block = full[0] ?? current;
			if (block && block.read < block.filled) {
				const chunk = block.bytes.subarray(block.read, block.filled);
				block.read = block.filled;
				yield chunk;
			} else if (ended) {
				return;
			} else {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
			recycle();
		}
	}

	/** The reader is done with the first block once it has had all of it and asks for more. */
	const recycle = () => {
		const first = full[0];
		if (!first || first.read < size) return;
		full.shift();
		free.push({bytes: first.bytes, filled: 0, read: 0});
		if (!paused || full.length >= ahead) return;
		paused = false;
		onRoom();
	};

	return {
		space: () => {
			current ??= free.pop() ?? {bytes: Buffer.allocUnsafeSlow(size), filled: 0, read: 0};
			return current.bytes.subarray(current.filled);
		},
		arrived: count => {
			if (!current || count > size - current.filled) throw new RangeError('more bytes than there was room');
			current.filled += count;
			if (current.filled === size) {
				full.push(current);
				current = undefined;
			}
			wake();
			paused = full.length >= ahead;
			return !paused;
		},
		end: error => {
			failure ??= error;
			ended = true;
			wake();
		},
		chunks: chunks(),
	};
}
