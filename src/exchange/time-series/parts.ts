import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../../shell/errors.ts';
import type {TimeSeries} from '../../shell/time-series.ts';
import type {Transfers} from '../presigned.ts';
import {createDatabases} from './databases.ts';
import {createQuestions} from './questions.ts';

export type LoadedTimeSeries = TimeSeries & {readonly forget: () => void; readonly close: () => void};

/** Time series over the wire, put together of their parts. */
export function loadTimeSeries(_transfers: Transfers, client: ApolloClient): LoadedTimeSeries {
	const questions = createQuestions(client);
	const databases = createDatabases(client, questions);
	const later = (): never => {
		throw new ShellError('unsupported', 'not yet');
	};
	return {
		...databases,
		latest: later,
		cachedLatest: () => undefined,
		watchLatest: later,
		recent: async () => {},
		cachedRecent: () => undefined,
		samples: later,
		query: later,
		exportFile: later,
		publish: later,
		forget: () => {
			questions.forget();
			databases.forget();
		},
		close: () => {},
	};
}
