import {randomBytes} from 'node:crypto';
import type {Activity} from './activity.ts';
import {openCatalogue} from './catalogue/catalogue.ts';
import type {UserRow} from './catalogue/users.ts';
import {blobs as blobsIn} from './contents/blobs.ts';
import {serveContents} from './contents/contents.ts';
import {results as resultsIn} from './contents/results.ts';
import {signedUrls} from './contents/signed-urls.ts';
import type {DataDirectory} from './data-directory.ts';
import {documents} from './graphql/documents.ts';
import {answer} from './graphql/endpoint.ts';
import {executableSchema} from './graphql/executable-schema.ts';
import {ensurePrivateFile} from './private-file.ts';
import {events as newEvents} from './realtime/events.ts';
import {type Realtime, realtime} from './realtime/realtime.ts';
import {subscriptions} from './realtime/subscriptions.ts';
import type {Context} from './resolvers/context.ts';
import type {Routes} from './router.ts';
import {writePersonTokens} from './seed/person-tokens.ts';
import {seed} from './seed/seed.ts';
import {series as seriesOf} from './timestream/series.ts';

type Options = {
	readonly directory: DataDirectory;
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
	readonly seed: boolean;
	readonly log: (line: string) => void;
	readonly now: () => number;
	readonly activity: Pick<Activity, 'begin' | 'isRecent'>;
	/** Whether a token is the data directory's own. */
	readonly ownToken: (token: string) => boolean;
};

export type OpenExchange = {
	readonly routes: Pick<Routes, 'graphql' | 'contents'>;
	readonly realtime: Realtime;
	/** Ends what takes long, so that the requests under way end soon. */
	readonly interrupt: () => void;
	/** Call it when no request is under way any more. */
	readonly close: () => Promise<void>;
};

const dayMs = 86_400_000;
/** Who asked for something so short a time ago looks at it still. */
const recentMs = 60_000;
const never = new AbortController().signal;

/** Puts the parts together on a data directory that this process owns. */
export async function openExchange(options: Options): Promise<OpenExchange> {
	const {activity, directory, origin, log, now} = options;
	const catalogue = openCatalogue(directory.catalogue, now);
	const blobs = blobsIn(directory);
	const yesterday = new Date(now() - dayMs).toISOString();
	catalogue.files.removeAbandoned(yesterday);
	catalogue.transfers.forgetBefore(yesterday);
	blobs.sweep(catalogue.files.blobs());
	const results = resultsIn(directory);
	results.sweep();
	if (options.seed) {
		await seed(catalogue, blobs);
		writePersonTokens(catalogue, directory.tokens);
	}

	const key = Buffer.from(
		ensurePrivateFile(directory.signingKey, () => randomBytes(32).toString('hex')),
		'hex',
	);
	const shared = {catalogue, blobs, results, events: newEvents(), urls: signedUrls(key, origin, now), now};
	const isInUse = () => activity.isRecent(recentMs);
	const series = seriesOf({...shared, file: directory.series, isInUse, log});
	const parts = {...shared, series};
	const userOf = (token: string): UserRow | undefined => {
		if (options.ownToken(token)) return catalogue.users.local();
		const userId = catalogue.tokens.userIdOf(token);
		const user = userId === undefined ? undefined : catalogue.users.get(userId);
		return user?.userAccountState === 'ACTIVE' ? user : undefined;
	};
	const authenticate = (token: string | undefined, signal = never): Context | undefined => {
		const user = token ? userOf(token) : undefined;
		return user && {...parts, user, signal, splices: [], failures: []};
	};
	const schema = executableSchema();
	const graphql = {schema, read: documents(schema), log};
	return {
		routes: {
			graphql: (token, body, gone) => answer(body, authenticate(token, gone), graphql),
			contents: (url, request, response) => serveContents(url, parts, request, response),
		},
		realtime: realtime({authenticate, subscribe: subscriptions(graphql), log}, activity.begin),
		interrupt: series.interrupt,
		close: async () => {
			await series.close();
			await blobs.settled();
			catalogue.close();
		},
	};
}
