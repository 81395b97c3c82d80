import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import type {Sandbox} from './sandbox.ts';

/** Two people of the local exchange, with their tokens, and what of the account is on the disk. */
export async function accountDesk(sandbox: Sandbox) {
	await sandbox.run(['-c', 'stores']);
	const folder = path.join(sandbox.directory, '.data/adx-shell/local-exchange/tokens');
	const token = async (name: string) => (await readFile(path.join(folder, name), 'utf8')).trim();
	const config = path.join(sandbox.directory, '.config/adx-shell');
	return {
		ines: await token('ines.moreau'),
		omar: await token('omar.dane'),
		/** The token that a profile keeps; undefined for none. */
		keptFor: async (profile: string): Promise<string | undefined> => {
			const text = await readFile(path.join(config, 'tokens.json'), 'utf8').catch(() => '{}');
			return JSON.parse(text)[profile]?.token;
		},
		/** Makes a token of a profile's user. */
		newToken: async (profile: string, name: string): Promise<string> => {
			const {stdout} = await sandbox.run(['--profile', profile, '-c', `token create ${name}`]);
			return stdout.trim();
		},
		/** Ends the token of that name, as if its time had come. */
		expire: (profile: string, name: string) =>
			sandbox.run(['--profile', profile, '-c', `token delete -f ${name}`]),
		/** Files of this program, but for the one that keeps tokens, that hold any of these texts. */
		filesWith: async (...texts: readonly string[]): Promise<string[]> => {
			const found: string[] = [];
			for (const folder of ['.config', '.state']) {
				const root = path.join(sandbox.directory, folder);
				const entries = await readdir(root, {recursive: true, withFileTypes: true}).catch(() => []);
				for (const entry of entries) {
					if (!entry.isFile() || entry.name === 'tokens.json') continue;
					const content = await readFile(path.join(entry.parentPath, entry.name), 'utf8');
					if (texts.some(text => content.includes(text))) found.push(entry.name);
				}
			}
			return found;
		},
	};
}
