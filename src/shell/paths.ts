import type {Entry, ObjectId} from './ports.ts';

export {quoteWord} from './quote.ts';

/** A file's whole name: the dot only where there is an extension. */
export function fileName(file: {readonly name: string; readonly fileExtension: string | null}): string {
	return file.fileExtension ? `${file.name}.${file.fileExtension}` : file.name;
}

/** As the Exchange splits a whole name: at the first dot. `.gitignore` is `` and `gitignore`. */
export function splitFileName(whole: string): {readonly name: string; readonly fileExtension: string} {
	const dot = whole.indexOf('.');
	return dot === -1
		? {name: whole, fileExtension: ''}
		: {name: whole.slice(0, dot), fileExtension: whole.slice(dot + 1)};
}

/** The name a path uses for an entry. */
export function entryName(entry: Entry): string {
	return entry.objectType === 'FILE' ? fileName(entry) : entry.name;
}

export function entryId(entry: ObjectId): string {
	return entry.objectType === 'FILE' ? entry.dataStoreFileId : entry.dataStoreDirectoryId;
}

/** Where a path starts, before its names are looked up. */
export type PathStart =
	| {readonly from: 'here' | 'root'}
	| {readonly from: 'store'; readonly name: string}
	| {readonly from: 'store-id' | 'directory-id' | 'file-id' | 'unknown-id'; readonly id: string};

/** A path as typed, quotes gone. `slash`: it ended in one, so it must name a directory. */
export type PathParts = {
	readonly start: PathStart;
	readonly names: readonly string[];
	readonly slash: boolean;
};

/**
 * `a/b`, `/a/b`, `~/a` (both from the store's root), `Store name:/a`, `id:dataStoreDirectoryId.x/a`,
 * `id:dataStoreFileId.x`, `id:dataStoreId.x:/a`. Empty names and `.` are dropped, `..` is kept.
 * A name that looks like one of these starts is reached through `./`.
 */
export function parsePath(path: string): PathParts {
	const {start, rest} = startOf(path);
	return {
		start,
		names: rest.split('/').filter(name => name !== '' && name !== '.'),
		slash: /(^|\/)\.{0,2}$/.test(rest) && rest !== '',
	};
}

function startOf(path: string): {start: PathStart; rest: string} {
	if (path.startsWith('id:')) {
		const [, id = '', rest = ''] = /^id:([^/:]*):?(.*)$/s.exec(path) ?? [];
		return {start: {from: idKind(id), id}, rest};
	}
	if (path.startsWith('/')) return {start: {from: 'root'}, rest: path};
	if (path === '~' || path.startsWith('~/')) return {start: {from: 'root'}, rest: path.slice(1)};
	const store = /^([^/]+):(\/.*)?$/s.exec(path);
	if (store) return {start: {from: 'store', name: store[1]!}, rest: store[2] ?? '/'};
	return {start: {from: 'here'}, rest: path};
}

function idKind(id: string) {
	if (id.startsWith('dataStoreFileId.')) return 'file-id';
	if (id.startsWith('dataStoreDirectoryId.')) return 'directory-id';
	return id.startsWith('dataStoreId.') ? 'store-id' : 'unknown-id';
}

/** Whether a path can name it: `a/b`, `..` and the empty name are reached by id only. */
export function isPathName(name: string): boolean {
	return name !== '' && name !== '.' && name !== '..' && !name.includes('/');
}

/**
 * `name` as the first name of a relative path, never mistaken for a store, an id, an option, the root
 * or the previous directory: `./` goes in front where it could be.
 */
export function relativePath(name: string): string {
	return /^(-|~$|id:)|:$/.test(name) ? `./${name}` : name;
}
