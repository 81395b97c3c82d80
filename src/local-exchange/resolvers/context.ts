import type {GraphQLError, GraphQLResolveInfo} from 'graphql';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {UserRow} from '../catalogue/users.ts';
import type {Blobs} from '../contents/blobs.ts';
import type {SignedUrls} from '../contents/signed-urls.ts';
import type {Events} from '../realtime/events.ts';
import type {Series} from '../timestream/series.ts';

/** JSON text for one place of an answer. */
export type Splice = {readonly path: readonly (string | number)[]; readonly json: string};

/** What every resolver works with: who asks, and the exchange's parts. */
export type Context = {
	readonly user: UserRow;
	readonly catalogue: Catalogue;
	readonly blobs: Blobs;
	readonly urls: SignedUrls;
	readonly events: Events;
	readonly series: Series;
	/** Epoch ms. */
	readonly now: () => number;
	/** Aborted when the client has gone away. */
	readonly signal: AbortSignal;
	/** What is to be reported beside the answers of fields that did not fail altogether. */
	readonly failures: GraphQLError[];
	/** Where a resolver answered with `[]`, what stands in the answer instead. */
	readonly splices: Splice[];
};

// biome-ignore lint/suspicious/noExplicitAny: each resolver states its own source and arguments; the schema vouches for them.
type Resolver = (source: any, args: any, context: Context, info: GraphQLResolveInfo) => unknown;

/** Resolvers of some types, by type and field. A field of Subscription answers with its stream of events. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
