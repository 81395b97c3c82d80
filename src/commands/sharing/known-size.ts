import type {Exchange, Listing} from '../../shell/ports.ts';
import {counted, readableBytes} from '../../shell/readable.ts';
import type {Service} from '../../shell/sharing.ts';

/** How much a service holds, where all of it is cached; asks nothing. */
export function knownSize(exchange: Exchange, {dataStore, timeSeriesDb}: Service): string | undefined {
	if (timeSeriesDb) {
		const latest = exchange.timeSeries.cachedLatest(timeSeriesDb.timeSeriesDbId);
		return latest?.isComplete ? counted(latest.assets.length, 'asset') : undefined;
	}
	return dataStore?.homeDirectoryId ? sizeOfFiles(exchange, dataStore.homeDirectoryId) : undefined;
}

function sizeOfFiles(exchange: Exchange, root: string): string | undefined {
	const seen = new Set([root]);
	let files = 0;
	let bytes: number | null = 0;
	for (const directory of seen) {
		const listing: Listing | undefined = exchange.cachedListing(directory);
		if (!listing) return undefined;
		for (const entry of listing.entries) {
			// What is added to a set while it is gone through is gone through, too.
			if (entry.objectType === 'DIRECTORY') seen.add(entry.dataStoreDirectoryId);
			else {
				files++;
				bytes = bytes === null || entry.storageSizeBytes === null ? null : bytes + entry.storageSizeBytes;
			}
		}
	}
	return bytes === null ? counted(files, 'file') : `${counted(files, 'file')}, ${readableBytes(bytes)}`;
}
