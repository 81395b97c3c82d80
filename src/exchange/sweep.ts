/** Bytes of used buffers that may lie about. */
const interval = 16 * 1024 * 1024;

type Collect = (options: {type: 'minor'}) => void;
let collect: Collect | undefined;

/**
 * Takes note of bytes a transfer has done with, and has V8 free their buffers every 16 MB. It would by
 * itself let some 100 MB pile up: it sees the few small objects that stand for them, not their size.
 * Takes half a millisecond each time.
 */
export function createSweep(): (bytes: number) => void {
	let used = 0;
	return bytes => {
		used += bytes;
		if (used < interval) return;
		used = 0;
		collect ??= exposeCollect();
		collect({type: 'minor'});
	};
}

function exposeCollect(): Collect {
	process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
	return process.getBuiltinModule('node:vm').runInNewContext('gc');
}
