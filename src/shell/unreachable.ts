import type {Command} from './command.ts';
import {ShellError} from './errors.ts';
import type {Exchange} from './ports.ts';

const none = new ShellError('connection', 'there is no connection to an Exchange', {
	hint: '`login` makes one, `profile local` goes to the local exchange',
});

/** An Exchange that there is no way to: it holds nothing, and whoever asks it for something gets the reason. */
export function unreachable(reason: ShellError = none): Exchange {
	return exchangeToCome(() => Promise.reject(reason));
}

/** An Exchange that is connected to when it is first asked for something; until then it holds nothing. */
export function exchangeToCome(connected: () => Promise<Exchange>): Exchange {
	return partToCome(connected) as Exchange;
}

function partToCome(found: () => Promise<unknown>): unknown {
	const call = async (...given: unknown[]) => ((await found()) as (...given: unknown[]) => unknown)(...given);
	return new Proxy(call, {
		get: (_, key) => {
			// Whoever awaits it gets it, as it is no promise.
			if (typeof key === 'symbol' || key === 'then') return undefined;
			if (key === 'endpoint') return '';
			if (key === 'inFlight') return () => 0;
			if (key.startsWith('cached') || key === 'forget' || key === 'close') return () => undefined;
			return partToCome(async () => Reflect.get((await found()) as object, key));
		},
	});
}

/** Whether a command is of no use without an Exchange; the others are how one gets to one. */
export function needsExchange({group}: Pick<Command, 'group'>): boolean {
	return group !== 'Account' && group !== 'Session';
}
