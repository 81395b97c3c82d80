import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createTypingPause} from '../../src/ui/typing-pause.ts';

beforeEach(
	() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate']}),
);
afterEach(() => void vi.useRealTimers());

test('a line is being typed until no key comes for a while', () => {
	const onPause = vi.fn();
	const pause = createTypingPause(onPause);
	expect(pause.isTyping()).toBe(false);
	pause.pressed(true);
	vi.advanceTimersByTime(400);
	pause.pressed(true);
	vi.advanceTimersByTime(400);
	expect(pause.isTyping()).toBe(true);
	vi.advanceTimersByTime(200);
	expect([pause.isTyping(), pause.isPressing(), onPause.mock.calls.length]).toEqual([false, false, 1]);
});

test('keys read late by a busy program were typed without a pause', () => {
	const onPause = vi.fn();
	const pause = createTypingPause(onPause);
	pause.pressed(true);
	// The time is over, but what has come meanwhile is read before anything else is done.
	vi.advanceTimersToNextTimer();
	expect(pause.isTyping()).toBe(true);
	pause.pressed(true);
	vi.advanceTimersByTime(100);
	expect([pause.isTyping(), onPause.mock.calls.length]).toEqual([true, 0]);
});

test('a key elsewhere is typing, but not in the line', () => {
	const pause = createTypingPause(() => undefined);
	pause.pressed(true);
	pause.pressed(false);
	expect([pause.isTyping(), pause.isPressing()]).toEqual([false, true]);
});
