import {randomBytes} from 'node:crypto';
import {openCatalogue} from './catalogue/catalogue.ts';
import {blobs as blobsIn} from './contents/blobs.ts';
import {serveContents} from './contents/contents.ts';
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
import {seed} from './seed.ts';

type Options = {
	readonly directory: DataDirectory;
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
	readonly seed: boolean;
	readonly log: (line: string) => void;
	readonly now: () => number;
	readonly begin: () => () => void;
	/** Whether a token is the data directory's own. */
	readonly ownToken: (token: string) => boolean;
};

export type OpenExchange = {
	readonly routes: Pick<Routes, 'graphql' | 'contents'>;
	readonly realtime: Realtime;
	/** Call it when no request is under way any more. */
	readonly close: () => Promise<void>;
};

const dayMs = 86_400_000;

/** Puts the parts together on a data directory that this process owns. */
export async function openExchange(options: Options): Promise<OpenExchange> {
	const {directory, origin, log, now} = options;
	const catalogue = openCatalogue(directory.catalogue, now);
	const blobs = blobsIn(directory);
	const yesterday = new Date(now() - dayMs).toISOString();
	catalogue.files.removeAbandoned(yesterday);
	catalogue.transfers.forgetBefore(yesterday);
	blobs.sweep(catalogue.files.blobs());
	if (options.seed) await seed(catalogue, blobs);

	const key = Buffer.from(
		ensurePrivateFile(directory.signingKey, () => randomBytes(32).toString('hex')),
		'hex',
	);
	const parts = {catalogue, blobs, events: newEvents(), urls: signedUrls(key, origin, now), now};
	const authenticate = (token: string | undefined): Context | undefined => {
		if (!token) return undefined;
		if (options.ownToken(token)) return {...parts, user: catalogue.users.local(), splices: []};
		const userId = catalogue.tokens.userIdOf(token);
		const user = userId === undefined ? undefined : catalogue.users.get(userId);
		return user && {...parts, user, splices: []};
	};
	const schema = executableSchema();
	const graphql = {schema, read: documents(schema), log};
	return {
		routes: {
			graphql: (token, body) => answer(body, authenticate(token), graphql),
			contents: (url, request, response) => serveContents(url, parts, request, response),
		},
		realtime: realtime({authenticate, subscribe: subscriptions(graphql), log}, options.begin),
		close: async () => {
			await blobs.settled();
			catalogue.close();
		},
	};
}
