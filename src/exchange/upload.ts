import {ShellError, toShellError} from '../shell/errors.ts';
import type {Call, FileDetails, FileEntry, Upload} from '../shell/ports.ts';
import {type Confirmation, confirm} from './confirm.ts';
import {cancelled} from './faults.ts';
import {ExpiredUrl, type Transfers} from './presigned.ts';
import {putBytes} from './put-bytes.ts';

/** A file's record, made before its bytes are sent. */
export type Draft = {
	readonly dataStoreFileId: string;
	readonly url: string | null;
	readonly uploadId: string | null;
};

/** What an upload asks of the Exchange. */
export type Records = {
	/** A request once sent is waited for. */
	readonly create: (file: Upload, signal: AbortSignal | undefined) => Promise<Draft>;
	readonly get: (dataStoreFileId: string, call?: Call) => Promise<FileDetails>;
	readonly delete: (dataStoreFileId: string) => Promise<void>;
	/** Hears of a finished upload; see confirm.ts. */
	readonly listen: Confirmation['listen'];
};

/**
 * Resolves when the Exchange has confirmed all bytes. On failure and on abort the record is deleted;
 * where even that fails, the error says so in its details.
 */
export async function upload(
	transfers: Transfers,
	records: Records,
	file: Upload,
	signal?: AbortSignal,
): Promise<FileEntry> {
	try {
		return await attempt(transfers, records, file, signal);
	} catch (error) {
		// The record went with the first URL; the second try makes a new one.
		if (!(error instanceof ExpiredUrl) || signal?.aborted) throw error;
		return await attempt(transfers, records, file, signal);
	}
}

async function attempt(
	transfers: Transfers,
	records: Records,
	file: Upload,
	signal: AbortSignal | undefined,
): Promise<FileEntry> {
	if (signal?.aborted) throw cancelled(signal.reason);
	// Not abandoned by an abort: a record made after one would stay behind for ever.
	const draft = await records.create(file, signal);
	try {
		await putBytes(transfers, draft.url, file, signal);
		return await confirm({
			get: call => records.get(draft.dataStoreFileId, call),
			listen: records.listen,
			uploadId: draft.uploadId,
			size: file.size,
			patience: transfers.patience,
			signal,
		});
	} catch (error) {
		const fault = signal?.aborted ? cancelled(error) : toShellError(error);
		throw await withoutRecord(records, draft, fault);
	}
}

/** Deletes the record and hands `fault` back; a failing clean-up never hides the first cause. */
async function withoutRecord(records: Records, draft: Draft, fault: ShellError): Promise<ShellError> {
	try {
		await records.delete(draft.dataStoreFileId);
		return fault;
	} catch (error) {
		const {code, message} = toShellError(error);
		if (code === 'not-found') return fault;
		return new ShellError(fault.code, fault.message, {
			hint: fault.hint,
			details: [...fault.details, `its record ${draft.dataStoreFileId} is left behind: ${message}`],
			cause: fault,
		});
	}
}
