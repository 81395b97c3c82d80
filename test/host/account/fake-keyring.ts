import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Keyring} from '../../../src/host/account/keyring.ts';
import {ShellError} from '../../../src/shell/errors.ts';

/** A keyring on a map. While `failure` is set it refuses. */
export function fakeKeyring(): Keyring & {
	readonly secrets: Map<string, string>;
	failure: string | undefined;
} {
	const secrets = new Map<string, string>();
	const keyring = {
		secrets,
		failure: undefined as string | undefined,
		get: async (account: string) => {
			refuse();
			return secrets.get(account);
		},
		set: async (account: string, token: string) => {
			refuse();
			secrets.set(account, token);
		},
		remove: async (account: string) => {
			refuse();
			return secrets.delete(account);
		},
	};
	const refuse = () => {
		if (keyring.failure !== undefined) throw new ShellError('local', keyring.failure);
	};
	return keyring;
}

/** A program in place of the one that asks the keyring. */
export async function keyringProgram(folder: string, text: string): Promise<string> {
	const file = path.join(folder, 'keyring.mjs');
	await writeFile(file, text);
	return file;
}
