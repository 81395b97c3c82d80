import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {ShellError} from '../../shell/errors.ts';
import {childEnvironment} from '../local-processes.ts';

declare const KEYRING_PROGRAM: string | undefined;

/** What the child is asked. `account` is the name of the secret. */
export type KeyringRequest = {
	readonly action: 'get' | 'set' | 'remove';
	readonly account: string;
	readonly token?: string;
};

export type KeyringAnswer = {
	readonly token?: string | null;
	readonly removed?: boolean;
	/** There is no keyring, or it did not let us in. */
	readonly failure?: 'absent' | 'refused';
};

/** The keyring of the operating system. Throws ShellError `local` where it is absent, locked or slow. */
export type Keyring = {
	readonly get: (account: string, signal?: AbortSignal) => Promise<string | undefined>;
	readonly set: (account: string, token: string, signal?: AbortSignal) => Promise<void>;
	/** Whether there was one. */
	readonly remove: (account: string, signal?: AbortSignal) => Promise<boolean>;
};

/** ms; somebody may have to unlock it first, but nobody may be there. */
const patience = 10_000;

const reasons = {
	absent: 'no keyring on this machine',
	refused: 'the keyring is locked, or refused',
} as const;
const unlockIt = {hint: 'unlock it'};

/** `program` is what asks the keyring, run by Node in a process of its own. */
export function createKeyring({
	program = fileURLToPath(
		new URL(typeof KEYRING_PROGRAM === 'string' ? KEYRING_PROGRAM : './keyring-child.ts', import.meta.url),
	),
	timeout = patience,
}: {
	readonly program?: string;
	readonly timeout?: number;
} = {}): Keyring {
	const ask = async (request: KeyringRequest, signal?: AbortSignal): Promise<KeyringAnswer> => {
		if (signal?.aborted) throw new ShellError('cancelled', 'cancelled');
		const child = spawn(process.execPath, [program], {
			env: childEnvironment(process.env),
			stdio: ['pipe', 'pipe', 'ignore'],
		});
		let isLate = false;
		const end = () => child.kill('SIGKILL');
		const deadline = setTimeout(() => {
			isLate = true;
			end();
		}, timeout);
		signal?.addEventListener('abort', end);
		try {
			child.stdin.on('error', () => undefined);
			child.stdin.end(JSON.stringify(request));
			const answer = await Promise.race([text(child.stdout), failureOf(child)]);
			if (signal?.aborted) throw new ShellError('cancelled', 'cancelled');
			if (isLate) {
				throw new ShellError('local', `the keyring did not answer in ${timeout / 1_000} s`, unlockIt);
			}
			const {failure, ...given} = read(answer);
			if (failure) throw new ShellError('local', reasons[failure], failure === 'refused' ? unlockIt : {});
			return given;
		} finally {
			clearTimeout(deadline);
			signal?.removeEventListener('abort', end);
		}
	};
	return {
		get: async (account, signal) => (await ask({action: 'get', account}, signal)).token ?? undefined,
		set: async (account, token, signal) => {
			await ask({action: 'set', account, token}, signal);
		},
		remove: async (account, signal) => (await ask({action: 'remove', account}, signal)).removed === true,
	};
}

function failureOf(child: {once: (event: 'error', listener: () => void) => unknown}): Promise<string> {
	return new Promise(resolve => {
		child.once('error', () => resolve(''));
	});
}

/** A child that could not say anything has found no keyring. */
function read(answer: string): KeyringAnswer {
	try {
		return JSON.parse(answer) as KeyringAnswer;
	} catch {
		return {failure: 'absent'};
	}
}
