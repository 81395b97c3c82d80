import {request} from 'node:http';
import {attendPath} from './liveness.ts';

/**
 * Keeps the exchange at `endpoint` from ending for idleness, until the answer is called or this process ends.
 * Does not keep this process alive. `onLost` is called when the exchange goes away by itself.
 */
export function attendLocalExchange(endpoint: string, onLost: () => void = () => {}): () => void {
	let released = false;
	const lost = () => {
		if (!released) onLost();
		released = true;
	};
	const attendance = request(new URL(attendPath, endpoint), {agent: false});
	attendance.on('socket', socket => socket.unref());
	attendance.on('response', response => response.on('close', lost).resume());
	attendance.on('error', lost);
	attendance.end();
	return () => {
		released = true;
		attendance.destroy();
	};
}
