import type {Events} from '../realtime/events.ts';
import {assetDataOf} from './asset-data.ts';
import type {StoredRecord} from './types.ts';

export const publishSubscription = 'onTimeSeriesDbPublish';

/** What the subscribers of an asset listen to. */
export function publishKey(timeSeriesDbId: string, assetId: string): string {
	return JSON.stringify([timeSeriesDbId, assetId]);
}

/** Tells those who listen of records that the exchange itself has written, with all fields. */
export function tellOfRecords(
	timeSeriesDbId: string,
	records: readonly StoredRecord[],
	events: Events,
): void {
	for (const [assetId, own] of Map.groupBy(records, ({dimensions}) => dimensions.assetId ?? '')) {
		const key = publishKey(timeSeriesDbId, assetId);
		if (events.isHeard(publishSubscription, key)) {
			events.publish(publishSubscription, key, assetDataOf(own));
		}
	}
}
