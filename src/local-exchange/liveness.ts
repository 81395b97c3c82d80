import {createHmac, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {get, type IncomingMessage} from 'node:http';
import {text} from 'node:stream/consumers';
import {sameText} from './same-text.ts';

/** Asks whether a local exchange that knows a certain token answers at an endpoint, without showing the token. */
export const alivePath = '/alive';
/** A request to this path is answered when the client goes away: it keeps the exchange from being idle. */
export const attendPath = '/attend';

const timeoutMs = 5000;

/** What proves to have `token`, for one challenge. */
export function proofOf(token: string, challenge: string): string {
	return createHmac('sha256', token).update(`alive:${challenge}`).digest('hex');
}

/** Whether the exchange that `token` belongs to answers at `endpoint`; another program on that port does not count. */
export async function isAlive(endpoint: string, token: string): Promise<boolean> {
	const challenge = randomBytes(16).toString('hex');
	const url = new URL(`${alivePath}?challenge=${challenge}`, endpoint);
	try {
		return sameText(await textOf(url), proofOf(token, challenge));
	} catch {
		return false;
	}
}

/** Every start of a shell waits for this: `fetch` would load an HTTP client first, which takes 40 ms. */
async function textOf(url: URL): Promise<string> {
	const request = get(url, {agent: false, signal: AbortSignal.timeout(timeoutMs)});
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	return text(response);
}
