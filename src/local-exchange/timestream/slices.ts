import {setImmediate as otherWork} from 'node:timers/promises';

const sliceMs = 8;

/** For long work on the event loop: to be awaited between its steps, it lets others have their turn now and then. */
export function slices(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < sliceMs) return;
		await otherWork();
		since = performance.now();
	};
}
