import {randomUUID} from 'node:crypto';
import {chmod, mkdir, readFile, realpath, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {edited} from './relaxed-json.ts';
import {type ProfileSettings, readSettings, type Settings} from './settings.ts';

type Change = {
	/** The default profile; null for none. */
	readonly profile?: string | null;
	/** What becomes of the settings of a profile; null takes one out. */
	readonly profiles?: Readonly<
		Record<string, {readonly [K in keyof ProfileSettings]?: ProfileSettings[K] | null}>
	>;
};

/**
 * Changes the settings and nothing else in their file, which others see whole at any time. A link leads to
 * the file that is changed. Throws `config` for a file that is broken: what is in it is not lost.
 */
export async function editSettings(file: string, change: Change): Promise<Settings> {
	await readSettings(file);
	const target = await realpath(file).catch(() => file);
	const text = await readFile(target, 'utf8').catch(() => '');
	const changes: [string[], unknown][] = Object.entries(change.profiles ?? {}).flatMap(([name, settings]) =>
		Object.entries(settings).map(([key, value]): [string[], unknown] => [
			['profiles', name, key],
			value ?? undefined,
		]),
	);
	if (change.profile !== undefined) changes.push([['profile'], change.profile ?? undefined]);
	await replacePrivate(target, edited(text, changes));
	return readSettings(file);
}

/** Puts a file in place whole, for nobody but its owner. */
export async function replacePrivate(file: string, text: string): Promise<void> {
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const aside = `${file}.${randomUUID()}`;
	await writeFile(aside, text, {mode: 0o600, flag: 'wx'});
	await chmod(aside, 0o600);
	await rename(aside, file);
}
