import type {Context, Row} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {FileEntry} from '../../shell/ports.ts';
import type {Location} from '../../shell/session.ts';
import {directoryId, pathIn} from './targets.ts';
import {type Report, transferring} from './transfer.ts';

/** What one upload of the Exchange's object store can take. */
const largest = 5 * 1024 ** 3;

/** Bytes, wherever they come from, on their way to a name on the Exchange. */
export type Parcel = {
	readonly location: Location;
	readonly name: string;
	readonly size: number;
	readonly body: () => AsyncIterable<Uint8Array>;
	readonly description?: string | undefined;
	/** Deleted once the new file is confirmed. */
	readonly replaced?: FileEntry | undefined;
};

/** Uploads, and only when that is confirmed deletes the file that is replaced. Returns the new one's record. */
export async function send(context: Context, parcel: Parcel, report: Report): Promise<Row> {
	const {location, name, size, body, description, replaced} = parcel;
	const path = pathIn(location, name);
	if (size > largest) {
		throw new ShellError('failed', `${path}: too big, an upload of the Exchange ends at 5 GiB`);
	}
	const upload = {
		dataStoreId: location.store.dataStoreId,
		dataStoreDirectoryId: directoryId(location),
		fileName: name,
		...(description && {description}),
		size,
		body,
		onProgress: report,
	};
	const file = await transferring(context, path, signal => context.exchange.upload(upload, {signal}));
	if (replaced) await removeReplaced(context, replaced, location, path);
	return {path, ...file};
}

/** Deletes what a new file has taken the place of. Not ended by an abort, which would leave both. */
export async function removeReplaced(
	{exchange}: Pick<Context, 'exchange'>,
	{dataStoreFileId}: FileEntry,
	location: Location,
	path: string,
): Promise<void> {
	try {
		await exchange.deleteFile({dataStoreFileId, from: directoryId(location)});
	} catch (thrown) {
		const error = toShellError(thrown);
		if (error.code === 'not-found') return;
		throw new ShellError(error.code, `${path}: the new one is there, the old one stayed: ${error.message}`, {
			hint: `try rm id:${dataStoreFileId}`,
			cause: error,
		});
	}
}
