import type {ApolloClient} from '@apollo/client';
import type {TimeSeries} from '../../shell/time-series.ts';
import type {Transfers} from '../presigned.ts';
import {createQuestions} from '../questions.ts';
import {createDatabases} from './databases.ts';
import {createExportFile} from './export-file.ts';
import {createLatest} from './latest.ts';
import {createLatestCache} from './latest-cache.ts';
import {createPublish} from './publish.ts';
import {createQuery} from './query.ts';
import {createRecent} from './recent.ts';
import {createRecentStore} from './recent-store.ts';
import {createSamples} from './samples.ts';
import {createTableShapes} from './table-shape.ts';
import {createWatches} from './watch.ts';

export type LoadedTimeSeries = TimeSeries & {readonly forget: () => void; readonly close: () => void};

const subject = {fields: /timeSeries/i, missing: 'this Exchange has no time-series databases'};

/** Time series over the wire, put together of their parts. */
export function loadTimeSeries(transfers: Transfers, client: ApolloClient): LoadedTimeSeries {
	const questions = createQuestions(client, transfers.patience, subject);
	const store = createRecentStore();
	const cache = createLatestCache(client, store.extend);
	const latest = createLatest(cache, questions);
	const query = createQuery(questions);
	const shapes = createTableShapes(query);
	const watches = createWatches(client, latest, questions);
	const nameOf = (timeSeriesDbId: string, assetId: string) =>
		latest.cachedLatest(timeSeriesDbId)?.assets.find(asset => asset.assetId === assetId)?.name ?? undefined;
	const databases = createDatabases(client, questions, timeSeriesDbId => {
		latest.drop(timeSeriesDbId);
		store.drop(timeSeriesDbId);
	});
	return {
		listDatabases: databases.listDatabases,
		cachedDatabases: databases.cachedDatabases,
		createDatabase: databases.createDatabase,
		deleteDatabase: databases.deleteDatabase,
		latest: latest.latest,
		cachedLatest: latest.cachedLatest,
		watchLatest: watches.watchLatest,
		recent: createRecent({query, shapes, store}),
		cachedRecent: store.get,
		samples: createSamples({query, shapes, nameOf}),
		query,
		exportFile: createExportFile(transfers, client, questions),
		publish: createPublish(questions, latest.enter),
		forget: () => {
			questions.forget();
			databases.forget();
			latest.forget();
			store.forget();
			shapes.forget();
			watches.again();
		},
		close: watches.close,
	};
}
