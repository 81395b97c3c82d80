import {readFile} from 'node:fs/promises';
import {replacePrivate} from '../config/replace-private.ts';

/** Names of the screen's panes: those put out of the way, and all in the order of their last use. */
export type SavedPanes = {readonly hidden: readonly string[]; readonly used: readonly string[]};

/** As the last session left them; without what is missing there or damaged. */
export async function readPanes(file: string): Promise<Partial<SavedPanes>> {
	try {
		const {hidden, used} = JSON.parse(await readFile(file, 'utf8')) as {hidden?: unknown; used?: unknown};
		return {...(isNames(hidden) && {hidden}), ...(isNames(used) && {used})};
	} catch {
		return {};
	}
}

/** Replaces the file in one step. */
export async function writePanes(file: string, panes: SavedPanes): Promise<void> {
	await replacePrivate(file, JSON.stringify(panes));
}

function isNames(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every(name => typeof name === 'string');
}
