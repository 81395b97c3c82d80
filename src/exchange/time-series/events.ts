import type {ApolloClient} from '@apollo/client';
import type {Asset} from '../../shell/time-series.ts';
import {AssetPublishDocument} from '../operations/generated.ts';
import {toNews} from './asset-rows.ts';

/** What is said of one asset's events. */
export type EventSink = {
	/** A value for each sample of the event, oldest first: the last of an attribute is its latest. */
	readonly onNews: (news: readonly Asset[]) => void;
	/** The Exchange has acknowledged the subscription, at first or after a drop. */
	readonly onLive: () => void;
	/** The connection dropped, and is being made again. */
	readonly onLost: () => void;
	/** No more events come; an error where they were refused. */
	readonly onEnd: (error: Error | undefined) => void;
};

/** Hears what is published of one asset, until the function returned is called. */
export function followAsset(
	client: ApolloClient,
	variables: {readonly timeSeriesDbId: string; readonly assetId: string},
	{onNews, onLive, onLost, onEnd}: EventSink,
): () => void {
	let failure: Error | undefined;
	const events = client
		.subscribe({
			query: AssetPublishDocument,
			variables,
			fetchPolicy: 'no-cache',
			context: {onLive, onLost, queryDeduplication: false},
		})
		.subscribe({
			next: ({data, error}) => {
				failure ??= error;
				const news = toNews(data?.onTimeSeriesDbPublish);
				if (news.length > 0) onNews(news);
			},
			error: onEnd,
			complete: () => onEnd(failure),
		});
	return () => events.unsubscribe();
}
