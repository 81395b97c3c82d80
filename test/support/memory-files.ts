import {ShellError} from '../../src/shell/errors.ts';
import type {LocalEntry, LocalFiles} from '../../src/shell/ports.ts';

export type MemoryFiles = LocalFiles & {
	/** Absolute path → content; a path ending in `/` is a directory. */
	readonly contents: Map<string, string>;
};

/** The LocalFiles port on a map. `~` is `/home`. A failed write leaves the old content. */
export function memoryFiles(initial: Readonly<Record<string, string>> = {}): MemoryFiles {
	const contents = new Map(Object.entries(initial));
	const resolve = (directory: string, path: string) => {
		const whole = path.startsWith('~')
			? `/home${path.slice(1)}`
			: path.startsWith('/')
				? path
				: `${directory}/${path}`;
		const steps: string[] = [];
		for (const step of whole.split('/')) {
			if (step === '..') steps.pop();
			else if (step !== '' && step !== '.') steps.push(step);
		}
		return `/${steps.join('/')}`;
	};
	const isDirectory = (path: string) => {
		const start = path === '/' ? '/' : `${path}/`;
		return contents.keys().some(key => key.startsWith(start));
	};
	const entryAt = (path: string): LocalEntry | undefined => {
		const name = path.slice(path.lastIndexOf('/') + 1);
		const content = contents.get(path);
		if (content !== undefined) return {name, kind: 'file', size: content.length, modified: 0};
		return isDirectory(path) ? {name, kind: 'directory', size: 0, modified: 0} : undefined;
	};
	const textOf = async (
		body: AsyncIterable<Uint8Array>,
		signal?: AbortSignal,
		onProgress?: (bytes: number) => void,
	) => {
		let text = '';
		for await (const bytes of body) {
			signal?.throwIfAborted();
			text += new TextDecoder().decode(bytes);
			onProgress?.(text.length);
		}
		return text;
	};
	return {
		contents,
		resolve,
		join: (directory, name) => `${directory === '/' ? '' : directory}/${name}`,
		basename: path => path.slice(path.lastIndexOf('/') + 1),
		stat: async path => entryAt(path),
		list: async directory => {
			const start = directory === '/' ? '/' : `${directory}/`;
			const names = new Set(
				contents
					.keys()
					.filter(key => key.startsWith(start))
					.map(key => key.slice(start.length).split('/')[0]!)
					.filter(name => name !== ''),
			);
			if (names.size === 0 && !contents.has(start)) {
				throw new ShellError('not-found', `${directory}: no such directory`);
			}
			return [...names].map(name => entryAt(`${start}${name}`)!);
		},
		read: async path => {
			const content = contents.get(path);
			if (content === undefined) throw new ShellError('not-found', `${path}: no such file`);
			const bytes = new TextEncoder().encode(content);
			return {
				size: bytes.length,
				body: async function* () {
					yield bytes;
				},
			};
		},
		write: async (path, body, {replace, signal, onProgress}) => {
			if (!replace && contents.has(path)) throw new ShellError('exists', `${path}: exists already`);
			if (isDirectory(path)) throw new ShellError('local', `${path}: is a directory`);
			contents.set(path, await textOf(body, signal, onProgress));
		},
		append: async (path, body) => {
			contents.set(path, (contents.get(path) ?? '') + (await textOf(body)));
		},
		makeDirectory: async path => {
			contents.set(`${path}/`, '');
		},
		spool: async (body, {signal, onProgress} = {}) => {
			const bytes = new TextEncoder().encode(await textOf(body, signal, onProgress));
			return {
				size: bytes.length,
				body: async function* () {
					yield bytes;
				},
				remove: async () => {},
			};
		},
	};
}
