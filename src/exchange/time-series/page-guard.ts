import {setTimeout as delay} from 'node:timers/promises';
import {ShellError} from '../../shell/errors.ts';
import {cancelled} from '../faults.ts';

/** Times in a row the same token may come with empty pages, as while a query is being worked on. */
const maxRepeats = 100;

/**
 * Called between two pages with the token of the next one and whether the last had any rows: lets an
 * Exchange that sends empty pages take its time, and throws `failed` when it leads round in a circle.
 */
export function createPageGuard(
	about: string,
	{signal, backoff}: {readonly signal: AbortSignal | undefined; readonly backoff: number},
): (nextToken: string, hadRows: boolean) => Promise<void> {
	let token: string | undefined;
	let repeats = 0;
	let empty = 0;
	return async (nextToken, hadRows) => {
		repeats = nextToken === token ? repeats + 1 : 0;
		empty = hadRows ? 0 : empty + 1;
		token = nextToken;
		if (repeats > (hadRows ? 1 : maxRepeats)) {
			throw new ShellError('failed', `${about}: the Exchange sends the same page again and again`, {
				hint: 'try again',
			});
		}
		if (empty < 2) return;
		await delay(backoff * Math.min(4, 2 ** (empty - 6)), undefined, {signal}).catch(error => {
			throw cancelled(error);
		});
	};
}
