import type {ApolloClient} from '@apollo/client';

/** What the screen's hooks read: the one cache that commands write. */
export type CacheClient = Pick<ApolloClient, 'watchQuery'>;
