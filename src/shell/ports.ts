import type {Sharing, Tokens} from './sharing.ts';
import type {TimeSeries} from './time-series.ts';

/**
 * What the shell needs of the world: the Exchange, and the local machine. Field names and nullability
 * of Exchange objects are the API's own, so that a record printed as JSON reads as the API would answer.
 */

/** The holder of the token in use. Null where the Exchange does not say. */
export type User = {
	readonly userId: string;
	readonly firstName: string | null;
	readonly lastName: string | null;
	readonly email: string | null;
	readonly organization: {readonly organizationId: string; readonly name: string} | null;
};

export type DataStore = {
	readonly dataStoreId: string;
	readonly name: string;
	readonly description: string | null;
	readonly ownerUserId: string | null;
	/** The directory `/`. */
	readonly homeDirectoryId: string | null;
};

export type DirectoryEntry = {
	readonly objectType: 'DIRECTORY';
	readonly dataStoreDirectoryId: string;
	readonly name: string;
};

export type FileEntry = {
	readonly objectType: 'FILE';
	readonly dataStoreFileId: string;
	/** Everything before the first dot; `fileName` in paths.ts joins it with the extension. */
	readonly name: string;
	/** Everything after the first dot; null or empty where there is none. */
	readonly fileExtension: string | null;
	/** Bytes; null when unknown, as from 2 GiB on. */
	readonly storageSizeBytes: number | null;
	/** False while the object store has not confirmed the upload. */
	readonly s3ConfirmedUpload: boolean | null;
	/** ISO 8601, UTC. */
	readonly lastModified: string | null;
};

/** One row of a directory. */
export type Entry = DirectoryEntry | FileEntry;

/** What a listing leaves out, to stay lean. */
export type FileDetails = FileEntry & {
	readonly dataStoreId: string | null;
	readonly dataStoreDirectoryId: string | null;
	readonly description: string | null;
	readonly contentType: string | null;
	readonly ownerUserId: string | null;
};

export type DirectoryDetails = DirectoryEntry & {
	readonly dataStoreId: string | null;
	readonly parentDirectoryId: string | null;
	readonly homeDirectory: boolean | null;
};

/** One directory's rows as of `fetchedAt`. The same answer is the same object: memoise on it. */
export type Listing = {
	readonly directoryId: string;
	/** In the Exchange's order; null entries are already gone. */
	readonly entries: readonly Entry[];
	/** Epoch, ms. */
	readonly fetchedAt: number;
};

export type Call = {readonly signal?: AbortSignal};
export type Read = Call & {
	/** Accept a cached answer up to this age, ms. Default: 30,000. 0 always asks the Exchange. */
	readonly maxAge?: number;
};

export type Download = {
	/** Bytes that `body` will yield, or null when the server does not say. */
	readonly size: number | null;
	/** Ends with an error when the connection drops early; never short without one. */
	readonly body: AsyncIterable<Uint8Array>;
};

export type Upload = {
	readonly dataStoreId: string;
	readonly dataStoreDirectoryId: string;
	/** Whole file name; the Exchange splits it at the first dot. */
	readonly fileName: string;
	readonly description?: string;
	/** Bytes that `body` yields, known before the first is sent. */
	readonly size: number;
	/** Opens the bytes; called again when the transfer starts over. */
	readonly body: () => AsyncIterable<Uint8Array>;
	/** Bytes handed to the wire so far. */
	readonly onProgress?: (bytes: number) => void;
};

export type ObjectId =
	| {readonly objectType: 'FILE'; readonly dataStoreFileId: string}
	| {readonly objectType: 'DIRECTORY'; readonly dataStoreDirectoryId: string};

/**
 * The Exchange, behind one cache. Every method throws ShellError: `unauthorized` (token), `denied`
 * (permission), `not-found`, `unsupported` (this Exchange lacks the field), `throttled`, `connection`,
 * `timeout`, `cancelled`, else `failed`. A write updates the cache itself.
 */
export type Exchange = {
	readonly endpoint: string;
	readonly user: (read?: Read) => Promise<User>;
	readonly listDataStores: (read?: Read) => Promise<readonly DataStore[]>;

	/** One request, or none when the cached listing is fresh enough. */
	readonly listDirectory: (dataStoreDirectoryId: string, read?: Read) => Promise<Listing>;
	/** The cached listing of any age, at once. */
	readonly cachedListing: (dataStoreDirectoryId: string) => Listing | undefined;
	readonly getDirectory: (dataStoreDirectoryId: string, call?: Call) => Promise<DirectoryDetails>;
	readonly getFile: (dataStoreFileId: string, call?: Call) => Promise<FileDetails>;
	/** Forgets cached answers, so that the next read asks the Exchange. */
	readonly forget: () => void;

	readonly createDirectory: (
		input: {readonly dataStoreId: string; readonly parentDirectoryId: string; readonly name: string},
		call?: Call,
	) => Promise<DirectoryEntry>;
	/** Renames with `name`, moves with `to`; `from` is the directory that holds it now. */
	readonly updateDirectory: (
		input: {
			readonly dataStoreDirectoryId: string;
			readonly from: string;
			readonly to?: string;
			readonly name?: string;
		},
		call?: Call,
	) => Promise<DirectoryEntry>;
	/** With everything in it. */
	readonly deleteDirectory: (
		input: {readonly dataStoreDirectoryId: string; readonly from: string},
		call?: Call,
	) => Promise<void>;
	/** Renames (`name` has no extension; the extension stays), describes, moves. */
	readonly updateFile: (
		input: {
			readonly dataStoreFileId: string;
			readonly from: string;
			readonly to?: string;
			readonly name?: string;
			readonly description?: string;
		},
		call?: Call,
	) => Promise<FileEntry>;
	readonly deleteFile: (
		input: {readonly dataStoreFileId: string; readonly from: string},
		call?: Call,
	) => Promise<void>;

	/** Resolves when the Exchange has confirmed the bytes; on failure its record is deleted. */
	readonly upload: (upload: Upload, call?: Call) => Promise<FileEntry>;
	/** Bytes from `offset` on; `length` bytes at most. An expired URL is asked for anew, once. */
	readonly download: (
		file: {
			readonly dataStoreFileId: string;
			readonly offset?: number;
			readonly length?: number;
			/**
			 * For big files: takes half the time when each chunk is the reader's only until it asks for the
			 * next. Else all chunks are its to keep.
			 */
			readonly lent?: boolean;
		},
		call?: Call,
	) => Promise<Download>;
	/** Several objects as one zip archive. */
	readonly downloadZip: (objects: readonly ObjectId[], call?: Call) => Promise<Download>;

	readonly timeSeries: TimeSeries;
	readonly sharing: Sharing;
	readonly tokens: Tokens;

	/** Requests under way, for a status line. */
	readonly inFlight: () => number;
	readonly close: () => void;
};

export type LocalEntry = {
	readonly name: string;
	readonly kind: 'file' | 'directory' | 'other';
	/** Bytes. */
	readonly size: number;
	/** Epoch, ms. */
	readonly modified: number;
	/** A symbolic link; the rest tells of what it leads to. Only in a list. */
	readonly link?: true;
};

/** The local disk. Paths are absolute; errors are ShellErrors of code `local`, `not-found`, `exists`. */
export type LocalFiles = {
	/** `path` (may start with `~`, may be relative) as an absolute path. */
	readonly resolve: (directory: string, path: string) => string;
	readonly join: (directory: string, name: string) => string;
	readonly basename: (path: string) => string;
	readonly stat: (path: string) => Promise<LocalEntry | undefined>;
	readonly list: (directory: string) => Promise<readonly LocalEntry[]>;
	/** Fails before the first byte when the file cannot be read. */
	readonly read: (
		path: string,
	) => Promise<{readonly size: number; readonly body: () => AsyncIterable<Uint8Array>}>;
	/**
	 * Streams into `path.part`, checks `size` where known, then renames. Refuses an existing target
	 * unless `replace`; on any failure the target is untouched and the `.part` is gone. Is done with a
	 * chunk when it asks for the next.
	 */
	readonly write: (
		path: string,
		body: AsyncIterable<Uint8Array>,
		options: {
			readonly replace: boolean;
			readonly size?: number | null;
			readonly signal?: AbortSignal;
			readonly onProgress?: (bytes: number) => void;
		},
	) => Promise<void>;
	/** Appends to or creates `path`: what `>> file` does. */
	readonly append: (path: string, body: AsyncIterable<Uint8Array>) => Promise<void>;
	/** With its parents; one that exists already is fine. */
	readonly makeDirectory: (path: string) => Promise<void>;
	/**
	 * Takes in bytes of unknown length, so that their number is known and they can be read again. They
	 * lie on the disk, invisible, and are gone after `remove`, at the latest when the program ends.
	 */
	readonly spool: (
		body: AsyncIterable<Uint8Array>,
		options?: {readonly signal?: AbortSignal; readonly onProgress?: (bytes: number) => void},
	) => Promise<{
		readonly size: number;
		readonly body: () => AsyncIterable<Uint8Array>;
		readonly remove: () => Promise<void>;
	}>;
};

/** A command of the local machine's shell, as `!cmd` and `| cmd` run it. */
export type LocalProcesses = {
	/**
	 * Runs `command` with `input` on its stdin (else nothing). Yields its output, unless it was given
	 * the terminal. Resolves to its exit code; `signal` ends it.
	 */
	readonly run: (
		command: string,
		options: {
			readonly directory: string;
			readonly input?: AsyncIterable<Uint8Array>;
			readonly signal?: AbortSignal;
		},
	) => AsyncGenerator<Uint8Array, number>;
};
