import {setTimeout as delay} from 'node:timers/promises';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {Call, FileDetails} from '../shell/ports.ts';
import type {Patience} from './endpoint.ts';

/** What the Exchange says of a finished upload. */
export type UploadEvent = {
	readonly httpStatusCode: number | null;
	readonly errorMessage: string | null;
};

export type Confirmation = {
	readonly get: (call?: Call) => Promise<FileDetails>;
	/** Best effort: an Exchange without events is polled. `onLive` is called when none is missed any more. */
	readonly listen: (
		uploadId: string,
		on: {readonly live: () => void; readonly event: (event: UploadEvent) => void},
	) => () => void;
	readonly uploadId: string | null;
	/** Bytes sent. */
	readonly size: number;
	readonly patience: Patience;
	readonly signal: AbortSignal | undefined;
};

/** Longest pause between two looks, ms. */
const maxPause = 5000;

/**
 * Resolves when the Exchange has all bytes. Looks at once, and only where that is too early listens for
 * its event; since events can be lost it goes on looking, ever more rarely. Throws `timeout` at the end
 * of patience and `failed` when the Exchange refuses the bytes.
 */
export async function confirm(upload: Confirmation): Promise<FileDetails> {
	const {get, listen, uploadId, size, patience, signal} = upload;
	let file = await look(get, signal);
	if (file && isConfirmed(file, size)) return file;

	const deadline = Date.now() + patience.confirm;
	let wake = () => {};
	let refusal: ShellError | undefined;
	const stopListening = uploadId
		? listen(uploadId, {
				live: () => wake(),
				event: event => {
					refusal = refusalOf(event);
					wake();
				},
			})
		: () => {};
	try {
		for (let pause = patience.backoff; ; pause = Math.min(maxPause, pause * 2)) {
			const woken = new AbortController();
			wake = () => woken.abort();
			const ended = signal ? AbortSignal.any([signal, woken.signal]) : woken.signal;
			await delay(pause, undefined, {signal: ended}).catch(() => {});
			if (refusal) throw refusal;
			file = await look(get, signal);
			if (file && isConfirmed(file, size)) return file;
			if (Date.now() >= deadline) throw unconfirmed(file, size, patience.confirm);
		}
	} finally {
		stopListening();
	}
}

/** The record as it is now; undefined when the Exchange cannot be asked at the moment. */
async function look(
	get: Confirmation['get'],
	signal: AbortSignal | undefined,
): Promise<FileDetails | undefined> {
	try {
		return await get({signal});
	} catch (error) {
		const {code} = toShellError(error);
		if (code === 'connection' || code === 'timeout' || code === 'throttled') return undefined;
		throw error;
	}
}

/** A size over 2 GiB comes as null. */
function isConfirmed({s3ConfirmedUpload, storageSizeBytes}: FileDetails, size: number): boolean {
	return s3ConfirmedUpload === true && (storageSizeBytes === size || storageSizeBytes === null);
}

function refusalOf({httpStatusCode, errorMessage}: UploadEvent): ShellError | undefined {
	if ((httpStatusCode ?? 200) < 400 && !errorMessage) return undefined;
	const reason = errorMessage?.replace(/\s+/g, ' ').slice(0, 200) || httpStatusCode;
	return new ShellError('failed', `the Exchange refused the bytes (${reason})`);
}

function unconfirmed(file: FileDetails | undefined, size: number, patience: number): ShellError {
	const has = file?.s3ConfirmedUpload ? `, it has ${file.storageSizeBytes}` : '';
	return new ShellError(
		'timeout',
		`${size} bytes were sent, but the Exchange has not confirmed them in ${patience / 1000} s${has}`,
		{hint: 'try again'},
	);
}
