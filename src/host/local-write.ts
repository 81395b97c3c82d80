import {constants} from 'node:fs';
import {type FileHandle, link, lstat, open, realpath, rename, stat, unlink} from 'node:fs/promises';
import path from 'node:path';
import {ShellError} from '../shell/errors.ts';
import type {LocalFiles} from '../shell/ports.ts';
import {errorCode, errorOfCode, failing, localError} from './local-errors.ts';
import {type StreamOptions, streamTo} from './local-streams.ts';

const maxNameBytes = 255;
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

type Options = Parameters<LocalFiles['write']>[2];

/** `LocalFiles.write`. A device or a pipe (`/dev/null`) is written to in place, never replaced. */
export async function writeFile(
	target: string,
	body: AsyncIterable<Uint8Array>,
	options: Options,
): Promise<void> {
	const there = await lstat(target).catch(() => undefined);
	const old = there?.isSymbolicLink() ? await stat(target).catch(() => undefined) : there;
	if (old?.isDirectory()) throw errorOfCode('EISDIR', target);
	if (old && !old.isFile()) return writeInPlace(target, 'w', body, options);
	if (there && !options.replace) throw errorOfCode('EEXIST', target);

	// A symbolic link stays one: the file it names is replaced.
	const place = old ? await realpath(target).catch(failing(target)) : target;
	const part = await openPart(place, target);
	try {
		try {
			if (old) await part.handle.chmod(old.mode & 0o7777).catch(failing(target));
			const written = await streamTo(part.handle, target, body, options);
			checkLength(target, written, options.size);
			// Only where something would be lost: on many disks it takes longer than the download itself.
			if (old) await part.handle.datasync().catch(failing(target));
		} finally {
			await part.handle.close();
		}
		if (options.signal?.aborted) throw new ShellError('cancelled', 'cancelled');
		const move = options.replace ? rename(part.path, place) : moveWithoutReplacing(part.path, place);
		await move.catch(failing(target));
	} catch (thrown) {
		await unlink(part.path).catch(() => undefined);
		throw thrown;
	}
}

/** `LocalFiles.append`. */
export async function appendFile(target: string, body: AsyncIterable<Uint8Array>): Promise<void> {
	await writeInPlace(target, 'a', body, {});
}

async function writeInPlace(
	target: string,
	flags: string,
	body: AsyncIterable<Uint8Array>,
	options: StreamOptions & {readonly size?: number | null},
): Promise<void> {
	const handle = await open(target, flags).catch(failing(target));
	try {
		checkLength(target, await streamTo(handle, target, body, options), options.size);
	} finally {
		await handle.close();
	}
}

function checkLength(target: string, written: number, size: number | null | undefined): void {
	if (typeof size === 'number' && written !== size) {
		throw new ShellError('connection', `${target}: ${written} of ${size} bytes arrived`, {hint: 'try again'});
	}
}

/** Opens a file beside `place` that nobody had: a `.part` of somebody else is left alone. */
async function openPart(place: string, target: string): Promise<{handle: FileHandle; path: string}> {
	const {dir, base} = path.parse(place);
	if (Buffer.byteLength(base) > maxNameBytes) throw errorOfCode('ENAMETOOLONG', target);
	const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
	for (let count = 0; ; count++) {
		const ending = count === 0 ? '.part' : `.${count}.part`;
		const part = path.join(dir, `${shortened(base, maxNameBytes - ending.length)}${ending}`);
		try {
			return {handle: await open(part, flags), path: part};
		} catch (thrown) {
			if (errorCode(thrown) !== 'EEXIST') throw directoryError(thrown, target, dir);
		}
	}
}

function directoryError(thrown: unknown, target: string, directory: string): ShellError {
	return errorCode(thrown) === 'ENOENT'
		? new ShellError('not-found', `${directory}: no such local directory`, {cause: thrown})
		: localError(thrown, target);
}

function shortened(name: string, bytes: number): string {
	let short = name;
	while (Buffer.byteLength(short) > bytes) short = Array.from(short).slice(0, -1).join('');
	return short;
}

/** Unlike rename(2), fails with EEXIST when another program has made `place` meanwhile. */
async function moveWithoutReplacing(part: string, place: string): Promise<void> {
	try {
		await link(part, place);
	} catch (thrown) {
		if (!withoutLinks.has(errorCode(thrown) ?? '')) throw thrown;
		if (await lstat(place).catch(() => undefined)) throw errorOfCode('EEXIST', place);
		return rename(part, place);
	}
	await unlink(part);
}
