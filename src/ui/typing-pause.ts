export type TypingPause = {
	/** To be told of each key, and whether it went into a line. */
	readonly pressed: (inLine: boolean) => void;
	/** Whether keys come without a pause. */
	readonly isPressing: () => boolean;
	/** Whether the last of them went into a line. */
	readonly isTyping: () => boolean;
	readonly close: () => void;
};

/** ms without a key after which nobody is typing. */
const longEnough = 500;

/** Tells keys typed in one go from those after a pause; calls `onPause` when there was one. */
export function createTypingPause(onPause: () => void): TypingPause {
	let timer: NodeJS.Timeout | undefined;
	let reading: NodeJS.Immediate | undefined;
	let inLine = false;
	const stop = () => {
		clearTimeout(timer);
		clearImmediate(reading);
		timer = undefined;
	};
	const over = () => {
		timer = undefined;
		onPause();
	};
	return {
		pressed: isInLine => {
			inLine = isInLine;
			stop();
			timer = setTimeout(() => {
				// Where the program was busy the keys typed meanwhile are only now read: they were no pause.
				reading = setImmediate(over);
			}, longEnough).unref();
		},
		isPressing: () => timer !== undefined,
		isTyping: () => timer !== undefined && inLine,
		close: stop,
	};
}
