import {randomUUID} from 'node:crypto';
import {constants, type Dirent} from 'node:fs';
import {type FileHandle, mkdir, open, readdir, stat, unlink} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import path from 'node:path';
import {ShellError} from '../shell/errors.ts';
import type {LocalEntry, LocalFiles} from '../shell/ports.ts';
import {errorCode, errorOfCode, failing, localError} from './local-errors.ts';
import {readFrom, streamTo} from './local-streams.ts';
import {appendFile, writeFile} from './local-write.ts';

/** To ask for 10,000 at once would hold the event loop for 100 ms. */
const lookedAtTogether = 256;

/** This machine's disk. Holds no state. */
export function createLocalFiles(): LocalFiles {
	return {
		resolve: (directory, name) => path.resolve(directory, expandHome(name)),
		join: (directory, name) => path.join(directory, name),
		basename: name => path.basename(name),
		stat: async name => {
			try {
				return await entryAt(name);
			} catch {
				return undefined;
			}
		},
		list,
		read,
		write: writeFile,
		append: appendFile,
		makeDirectory: async name => {
			await mkdir(name, {recursive: true}).catch(thrown => {
				if (errorCode(thrown) !== 'EEXIST') throw localError(thrown, name);
				throw new ShellError('exists', `${name}: a local file bears that name`, {cause: thrown});
			});
		},
		spool,
	};
}

function expandHome(name: string): string {
	return name === '~' || name.startsWith('~/') ? path.join(homedir(), name.slice(1)) : name;
}

async function entryAt(name: string): Promise<LocalEntry> {
	const found = await stat(name);
	return {
		name: path.basename(name),
		kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other',
		size: found.size,
		modified: found.mtimeMs,
	};
}

async function list(directory: string): Promise<readonly LocalEntry[]> {
	const entries = await readdir(directory, {withFileTypes: true}).catch(failing(directory));
	const listed: LocalEntry[] = [];
	for (let at = 0; at < entries.length; at += lookedAtTogether) {
		const some = entries.slice(at, at + lookedAtTogether).map(entry => entryOf(directory, entry));
		listed.push(...(await Promise.all(some)));
	}
	return listed;
}

async function entryOf(directory: string, entry: Dirent): Promise<LocalEntry> {
	const {name} = entry;
	const link = entry.isSymbolicLink() && {link: true as const};
	try {
		return {...(await entryAt(path.join(directory, name))), name, ...link};
	} catch {
		// A dangling link, or gone since the names were read.
		return {name, kind: 'other', size: 0, modified: 0, ...link};
	}
}

async function read(name: string): ReturnType<LocalFiles['read']> {
	const {handle, size, modified} = await openRegular(name);
	await handle.close();
	return {
		size,
		body: async function* () {
			const now = await openRegular(name);
			try {
				if (now.size !== size || now.modified !== modified) throw changed(name);
				yield* readFrom(now.handle, name, size);
			} finally {
				await now.handle.close();
			}
		},
	};
}

function changed(name: string): ShellError {
	return new ShellError('local', `${name}: changed before it was sent`, {
		hint: 'try again when nothing writes to it',
	});
}

async function openRegular(name: string): Promise<{handle: FileHandle; size: number; modified: number}> {
	// Without waiting: opening a named pipe would last until somebody writes to it.
	const handle = await open(name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(failing(name));
	try {
		const found = await handle.stat().catch(failing(name));
		if (found.isDirectory()) throw errorOfCode('EISDIR', name);
		if (found.isFile()) return {handle, size: found.size, modified: found.mtimeMs};
		throw new ShellError('local', `${name}: not a regular file, so its size is not known`, {
			hint: 'pipe its bytes in',
		});
	} catch (thrown) {
		await handle.close();
		throw thrown;
	}
}

async function spool(
	body: AsyncIterable<Uint8Array>,
	options: Parameters<LocalFiles['spool']>[1] = {},
): ReturnType<LocalFiles['spool']> {
	const name = path.join(tmpdir(), `adx-shell-${randomUUID()}`);
	const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR;
	const handle = await open(name, flags, 0o600).catch(failing(tmpdir()));
	try {
		// Without a name it cannot be left behind, not even by kill -9.
		await unlink(name).catch(failing(name));
		const size = await streamTo(handle, tmpdir(), body, options);
		return {size, body: () => readFrom(handle, name, size), remove: () => handle.close()};
	} catch (thrown) {
		await handle.close();
		throw thrown;
	}
}
