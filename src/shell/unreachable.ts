import type {Command} from './command.ts';
import {ShellError} from './errors.ts';
import type {Exchange} from './ports.ts';

const none = new ShellError('connection', 'there is no connection to an Exchange', {
	hint: '`login` makes one, `profile local` goes to the local exchange',
});

/** An Exchange that there is no way to: it holds nothing, and whoever asks it for something gets the reason. */
export function unreachable(reason: ShellError = none): Exchange {
	const refuse = () => Promise.reject(reason);
	const part: unknown = new Proxy(refuse, {
		get: (_, key) => {
			if (typeof key === 'symbol' || key === 'then') return undefined;
			if (key === 'endpoint') return '';
			if (key === 'inFlight') return () => 0;
			if (key.startsWith('cached') || key === 'forget' || key === 'close') return () => undefined;
			return part;
		},
	});
	return part as Exchange;
}

/** Whether a command is of no use without an Exchange; the others are how one gets to one. */
export function needsExchange({group}: Pick<Command, 'group'>): boolean {
	return group !== 'Account' && group !== 'Session';
}
