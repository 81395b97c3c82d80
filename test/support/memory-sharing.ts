import {ShellError} from '../../src/shell/errors.ts';
import type {Collaborative, Service, Share, Sharing, Token, Tokens} from '../../src/shell/sharing.ts';
import type {MemorySharingWorld} from './memory-sharing-world.ts';

type Request = (
	method: keyof Sharing | keyof Tokens,
	about: string,
	signal: AbortSignal | undefined,
) => Promise<void>;

type Kept<T> = {readonly value: T; readonly at: number};

/** One client's collaboratives on plain maps, held to the same contract as the real one. */
export function memorySharing(
	world: MemorySharingWorld,
	request: Request,
): Sharing & {readonly forget: () => void} {
	let collaboratives: Kept<readonly Collaborative[]> | undefined;
	const services = new Map<string, Kept<readonly Service[]>>();
	const sharedWith = new Map<string, Kept<readonly Collaborative[]>>();
	const isFresh = (kept: Kept<unknown> | undefined, maxAge = 30_000) =>
		kept !== undefined && Date.now() - kept.at < maxAge;
	const keyOf = ({serviceId, serviceType}: Pick<Share, 'serviceId' | 'serviceType'>) =>
		`${serviceType} ${serviceId}`;
	const collaborativesOf = (service: Pick<Share, 'serviceId' | 'serviceType'>) =>
		world.collaboratives.filter(({collaborativeId}) =>
			world.shares.some(
				share => share.collaborativeId === collaborativeId && keyOf(share) === keyOf(service),
			),
		);
	const servicesOf = (collaborativeId: string) =>
		world.shares.filter(share => share.collaborativeId === collaborativeId).map(world.serviceOf);
	const demandOwner = (share: Pick<Share, 'serviceId' | 'serviceType'>) => {
		const {ownerUserId} = world.serviceOf(share);
		if (ownerUserId === world.user.userId) return;
		throw new ShellError('denied', `${share.serviceId}: not permitted`);
	};
	/** Own writes change what is cached, without asking. */
	const update = (share: Share) => {
		const {collaborativeId} = share;
		const at = Date.now();
		if (services.has(collaborativeId)) {
			services.set(collaborativeId, {value: servicesOf(collaborativeId), at});
		}
		if (sharedWith.has(keyOf(share))) {
			sharedWith.set(keyOf(share), {value: collaborativesOf(share), at});
		}
	};
	return {
		forget: () => {
			collaboratives = undefined;
			services.clear();
			sharedWith.clear();
		},
		listCollaboratives: async ({signal, maxAge} = {}) => {
			if (!isFresh(collaboratives, maxAge)) {
				await request('listCollaboratives', '', signal);
				collaboratives = {value: [...world.collaboratives.map(row => ({...row}))], at: Date.now()};
			}
			return collaboratives!.value;
		},
		cachedCollaboratives: () => collaboratives?.value,
		listServices: async (collaborativeId, {signal, maxAge} = {}) => {
			if (!isFresh(services.get(collaborativeId), maxAge)) {
				await request('listServices', collaborativeId, signal);
				services.delete(collaborativeId);
				world.demandMember(collaborativeId);
				services.set(collaborativeId, {value: servicesOf(collaborativeId), at: Date.now()});
			}
			return services.get(collaborativeId)!.value;
		},
		cachedServices: collaborativeId => services.get(collaborativeId)?.value,
		listSharedWith: async (service, {signal, maxAge} = {}) => {
			const key = keyOf(service);
			if (!isFresh(sharedWith.get(key), maxAge)) {
				await request('listSharedWith', service.serviceId, signal);
				demandOwner(service);
				sharedWith.set(key, {value: collaborativesOf(service), at: Date.now()});
			}
			return sharedWith.get(key)!.value;
		},
		share: async (share, call) => {
			await request('share', `${share.serviceId} ${share.collaborativeId}`, call?.signal);
			demandOwner(share);
			world.demandMember(share.collaborativeId);
			world.add(share);
			update(share);
		},
		unshare: async (share, call) => {
			await request('unshare', `${share.serviceId} ${share.collaborativeId}`, call?.signal);
			demandOwner(share);
			world.remove(share);
			update(share);
		},
	};
}

/** Tokens on a plain list. The value of token `n` is `secret-value-n`. */
export function memoryTokens({tokens}: MemorySharingWorld, request: Request): Tokens {
	let lastId = tokens.length;
	return {
		listTokens: async call => {
			await request('listTokens', '', call?.signal);
			return [...tokens];
		},
		createToken: async ({name, daysBeforeExpiration}, call) => {
			await request('createToken', `${name} ${daysBeforeExpiration}`, call?.signal);
			const now = Date.now();
			const token: Token = {
				tokenId: `token.${++lastId}`,
				name,
				tokenType: 'USER_FULL_ACCESS',
				dateCreated: new Date(now).toISOString(),
				dateExpires: new Date(now + daysBeforeExpiration * 86_400_000).toISOString(),
				lastActive: null,
			};
			tokens.push(token);
			return {token, value: `secret-value-${lastId}`};
		},
		deleteToken: async (tokenId, call) => {
			await request('deleteToken', tokenId, call?.signal);
			const at = tokens.findIndex(token => token.tokenId === tokenId);
			if (at === -1) throw new ShellError('not-found', `${tokenId}: no such token`);
			tokens.splice(at, 1);
		},
	};
}
