import {contentPaths} from '../../contents/content-paths.ts';
import type {ResultFile, Results} from '../../contents/results.ts';
import type {SignedUrls} from '../../contents/signed-urls.ts';
import {badRequest, ResolverError} from '../../graphql/resolver-error.ts';
import type {Events} from '../../realtime/events.ts';
import type {StructuredQuery} from '../structured/structured-query.ts';
import {writeCsv} from './csv-export.ts';
import {writeJson} from './json-export.ts';

export type ExportFormat = 'CSV' | 'JSON';

export type Exports = {
	/**
	 * Begins to write the whole result of a finished query as a file; its completion, or failure, is told by
	 * `onNotifyTimeSeriesQueryExportComplete`, also to who subscribes within some minutes after it.
	 */
	readonly begin: (query: StructuredQuery, format: ExportFormat) => void;
	/** Removes the files of a query that is gone; what is still being written ends first. */
	readonly end: (query: StructuredQuery) => Promise<void>;
};

type Parts = {
	readonly results: Results;
	readonly urls: SignedUrls;
	readonly events: Events;
	readonly log: (line: string) => void;
};

export const exportSubscription = 'onNotifyTimeSeriesQueryExportComplete';

/** What a user listens to who waits for an export of a query. */
export function exportKey(userId: string, queryId: string): string {
	return JSON.stringify([userId, queryId]);
}

/** Below the life of the URL. */
const keptMs = 10 * 60_000;
const maxInt = 2 ** 31 - 1;

const writers: Readonly<Record<ExportFormat, typeof writeCsv>> = {CSV: writeCsv, JSON: writeJson};

export function exports({results, urls, events, log}: Parts): Exports {
	/** By query: files written or being written. */
	const files = new Map<string, Map<ExportFormat, Promise<{name: string; size: number}>>>();

	const write = async (query: StructuredQuery, format: ExportFormat) => {
		const file: ResultFile = await results.create(format === 'CSV' ? 'csv' : 'json');
		try {
			await writers[format](query, file, results);
			return {name: file.name, size: await file.close()};
		} catch (error) {
			await file.close().catch(() => {});
			await results.remove([file.name]);
			throw error;
		}
	};

	const tell = async (query: StructuredQuery, format: ExportFormat, file: ReturnType<typeof write>) => {
		const {queryId} = query;
		const key = exportKey(query.userId, queryId);
		try {
			const {name, size} = await file;
			const payload = {
				queryId,
				fileType: format,
				fileSizeBytes: size > maxInt ? null : size,
				url: urls.sign('GET', contentPaths.result(name)),
			};
			if (!query.signal.aborted) events.keep(exportSubscription, key, payload, keptMs);
		} catch (error) {
			files.get(queryId)?.delete(format);
			if (query.signal.aborted) return;
			log(`export of query ${queryId}: ${(error as Error).stack}`);
			events.keep(exportSubscription, key, failureOf(error as NodeJS.ErrnoException), keptMs);
		}
	};

	return {
		begin: (query, format) => {
			if (query.pages.at(-1)?.isLast !== true) {
				throw badRequest(`Query ${query.queryId} has not finished: read its pages to the last`);
			}
			const own = files.get(query.queryId) ?? new Map();
			files.set(query.queryId, own);
			const file = own.get(format) ?? write(query, format);
			own.set(format, file);
			// An older notification may bear a URL that has expired, or a failure.
			events.forget(exportSubscription, exportKey(query.userId, query.queryId));
			void tell(query, format, file);
		},
		end: async query => {
			const own = files.get(query.queryId);
			files.delete(query.queryId);
			events.forget(exportSubscription, exportKey(query.userId, query.queryId));
			for (const file of own?.values() ?? []) {
				const written = await file.catch(() => undefined);
				if (written !== undefined) await results.remove([written.name]);
			}
		},
	};
}

function failureOf({code}: NodeJS.ErrnoException): ResolverError {
	if (code === 'ENOSPC')
		return new ResolverError('InsufficientStorage', 'The disk of the local exchange is full');
	return new ResolverError('InternalFailure', 'The export failed; the log of the local exchange tells more');
}
