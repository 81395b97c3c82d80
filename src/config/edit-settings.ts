import {readFile, realpath} from 'node:fs/promises';
import {inTurn} from './in-turn.ts';
import {edited} from './relaxed-json.ts';
import {replacePrivate} from './replace-private.ts';
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
export function editSettings(file: string, change: Change): Promise<Settings> {
	return inTurn(file, () => editNow(file, change));
}

async function editNow(file: string, change: Change): Promise<Settings> {
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
