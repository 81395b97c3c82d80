import type {ApolloClient} from '@apollo/client';
import type {Sharing, Tokens} from '../shell/sharing.ts';
import type {Patience} from './endpoint.ts';
import type {LoadedSharing} from './sharing-parts.ts';

/** Sharing and tokens, loaded by the first use of them. */
export function createSharing(
	client: ApolloClient,
	patience: Patience,
): {
	readonly sharing: Sharing;
	readonly tokens: Tokens;
	/** Forgets what is cached of sharing. */
	readonly forget: () => void;
} {
	let loading: Promise<LoadedSharing> | undefined;
	let loaded: LoadedSharing | undefined;
	const load = (): Promise<LoadedSharing> => {
		loading ??= import('./sharing-parts.ts').then(({loadSharing}) => {
			loaded = loadSharing(client, patience);
			return loaded;
		});
		return loading;
	};
	let loadingTokens: Promise<Tokens> | undefined;
	const loadTokens = (): Promise<Tokens> => {
		loadingTokens ??= import('./tokens.ts').then(({createTokens}) => createTokens(client, patience));
		return loadingTokens;
	};
	return {
		sharing: {
			listCollaboratives: async read => (await load()).listCollaboratives(read),
			cachedCollaboratives: () => loaded?.cachedCollaboratives(),
			listServices: async (collaborativeId, read) => (await load()).listServices(collaborativeId, read),
			cachedServices: collaborativeId => loaded?.cachedServices(collaborativeId),
			listSharedWith: async (service, read) => (await load()).listSharedWith(service, read),
			share: async (share, call) => (await load()).share(share, call),
			unshare: async (share, call) => (await load()).unshare(share, call),
		},
		tokens: {
			listTokens: async call => (await loadTokens()).listTokens(call),
			createToken: async (input, call) => (await loadTokens()).createToken(input, call),
			deleteToken: async (tokenId, call) => (await loadTokens()).deleteToken(tokenId, call),
		},
		forget: () => loaded?.forget(),
	};
}
