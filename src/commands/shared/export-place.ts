import {assetLabel, type Chosen} from '../../shell/assets.ts';
import type {Context} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';

/** What a person calls a selection: `Feeder 1`, `Feeder 1 kW`, `Feeder 1, Feeder 2`, `12 assets`. */
export function selectionLabel(chosen: readonly Chosen[]): string {
	const [only] = chosen;
	if (!only || chosen.length > 3) return counted(chosen.length, 'asset');
	if (chosen.length > 1) return chosen.map(({asset}) => assetLabel(asset)).join(', ');
	const [attribute, other] = only.attributes;
	const isPart = only.attributes.length < only.asset.attributes.length;
	return attribute && !other && isPart
		? `${assetLabel(only.asset)} ${attribute.name}`
		: assetLabel(only.asset);
}

/**
 * The absolute path of the file that an export goes to: `output`, in it when it is a directory, else in the
 * local directory under a name made of what is exported. Throws `exists` unless `force`, and `not-found` where
 * there is no directory for it: before the Exchange reads samples for nothing.
 */
export async function exportPlace(
	{local, session}: Pick<Context, 'local' | 'session'>,
	output: string | undefined,
	{label, extension, force}: {readonly label: string; readonly extension: string; readonly force: boolean},
): Promise<string> {
	const named = local.resolve(session.localDirectory, output ?? '.');
	const isDirectory = output?.endsWith('/') || (await local.stat(named))?.kind === 'directory';
	if (output?.endsWith('/')) await local.makeDirectory(named);
	const path = isDirectory ? local.join(named, `${fileName(label)}.${extension}`) : named;
	const directory = local.resolve(path, '..');
	if ((await local.stat(directory))?.kind !== 'directory') {
		throw new ShellError('not-found', `${directory}: no such local directory`, {
			hint: '-o DIRECTORY/ makes one',
		});
	}
	const old = await local.stat(path);
	if (old?.kind === 'directory')
		throw new ShellError('is-a-directory', `${path}: a local directory bears that name`);
	if (old?.kind === 'file' && !force) {
		throw new ShellError('exists', `${path}: exists already`, {
			hint: '-f replaces it, -o NAME writes another',
		});
	}
	return path;
}

/** Longest name in UTF-16 units: with an extension and `.part` it fits every file system. */
const maxName = 60;

/** What an Exchange calls an asset can hold anything; a file's name can't, and must not lead elsewhere. */
function fileName(label: string): string {
	const name = label
		.replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, '_')
		.slice(0, maxName)
		.toWellFormed()
		.replace(/^[.\s~-]+|[.\s]+$/g, '');
	return name === '' ? 'export' : name;
}
