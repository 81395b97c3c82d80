import type {ApolloClient} from '@apollo/client';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {Call} from '../shell/ports.ts';
import type {Share, Sharing} from '../shell/sharing.ts';
import type {Patience} from './endpoint.ts';
import {createKeptLists} from './kept-lists.ts';
import {
	ListCollaborativesDocument,
	ListKnownServicesDocument,
	ListServicesDocument,
	ListSharedWithDocument,
	type ListSharedWithQueryVariables,
	type ServiceType,
	ShareDocument,
	type SharedServiceFragment,
	type ShareMutationVariables,
	UnshareDocument,
} from './operations/generated.ts';
import {createQuestions} from './questions.ts';
import {createKnownThings} from './sharing-known.ts';
import {toCollaborative, toService} from './sharing-rows.ts';

export type LoadedSharing = Sharing & {readonly forget: () => void};

const subject = {fields: /\bcollaborative_/, missing: 'this Exchange has no collaboratives'};

/** Sharing over the wire. */
export function loadSharing(client: ApolloClient, patience: Patience): LoadedSharing {
	const {ask, tell, forget} = createQuestions(client, patience, subject);
	const known = createKnownThings(client);
	/** The Exchange is older than the types of services that it gives nothing but names of. */
	let isOld = false;

	const askServices = async (variables: {readonly collaborativeId: string}, call: Call) => {
		if (!isOld) {
			try {
				return (await ask(ListServicesDocument, variables, call)).collaborative_listCollaborativeServices;
			} catch (thrown) {
				if (toShellError(thrown).code !== 'unsupported') throw thrown;
			}
		}
		const answer = await ask(ListKnownServicesDocument, variables, call);
		isOld = true;
		const rows = answer.collaborative_listCollaborativeServices ?? [];
		return rows.map(row => row && {...row, iotEndpointGroup: null, dataCapture: null});
	};
	const collaboratives = createKeptLists({
		client,
		document: ListCollaborativesDocument,
		field: 'collaborative_listCollaboratives',
		ask: async (variables, call) =>
			(await ask(ListCollaborativesDocument, variables, call)).collaborative_listCollaboratives,
		toItem: toCollaborative,
	});
	const services = createKeptLists({
		client,
		document: ListServicesDocument,
		field: 'collaborative_listCollaborativeServices',
		ask: askServices,
		toItem: toService,
	});
	const sharedWith = createKeptLists({
		client,
		document: ListSharedWithDocument,
		field: 'collaborative_listCollaborativesServiceSharedWith',
		ask: async (variables, call) => {
			const answer = await ask(ListSharedWithDocument, variables, call);
			const rows = answer.collaborative_listCollaborativesServiceSharedWith ?? [];
			// Who asks about a service may be told less of its collaboratives than who lists them.
			const members = (collaborativeId: string) =>
				known.collaborative(collaborativeId)?.memberOrganizations ?? null;
			return rows.map(
				row => row && {...row, memberOrganizations: row.memberOrganizations ?? members(row.collaborativeId)},
			);
		},
		toItem: toCollaborative,
	});

	/** Whatever comes of an attempt that fails, both lists that the share is in are asked for again. */
	const attempt = async (share: Share, change: () => Promise<unknown>): Promise<void> => {
		try {
			await change();
		} catch (thrown) {
			services.doubt({collaborativeId: share.collaborativeId});
			sharedWith.doubt(toKey(share));
			throw thrown;
		}
	};
	const enter = (share: Share, answered: SharedServiceFragment) => {
		const {collaborativeId} = share;
		const service = known.service(share, answered);
		services.change({collaborativeId}, rows => (rows.some(isOf(share)) ? rows : [...rows, service]));
		const collaborative = known.collaborative(collaborativeId);
		if (!collaborative) return sharedWith.drop(toKey(share));
		sharedWith.change(toKey(share), rows =>
			rows.some(row => row.collaborativeId === collaborativeId) ? rows : [...rows, collaborative],
		);
	};
	const remove = (share: Share) => {
		const {collaborativeId} = share;
		services.change({collaborativeId}, rows => rows.filter(row => !isOf(share)(row)));
		sharedWith.change(toKey(share), rows => rows.filter(row => row.collaborativeId !== collaborativeId));
	};

	return {
		listCollaboratives: read => collaboratives.list({}, read),
		cachedCollaboratives: () => collaboratives.cached({}),
		listServices: (collaborativeId, read) => services.list({collaborativeId}, read),
		cachedServices: collaborativeId => services.cached({collaborativeId}),
		listSharedWith: (service, read) => sharedWith.list(toKey(service), read),
		share: (share, call) =>
			attempt(share, () =>
				tell(ShareDocument, toVariables(share), {
					...call,
					update: ({collaborative_addServiceToCollaborative: answered}) => {
						if (!answered) throw unanswered();
						enter(share, answered);
					},
				}),
			),
		unshare: (share, call) =>
			attempt(share, () =>
				tell(UnshareDocument, toVariables(share), {
					...call,
					update: ({collaborative_removeServiceFromCollaborative: answered}) => {
						if (!answered) throw unanswered();
						remove(share);
					},
				}),
			),
		forget: () => {
			forget();
			for (const lists of [collaboratives, services, sharedWith]) lists.forget();
			client.cache.gc();
		},
	};
}

function isOf(share: Share): (row: SharedServiceFragment) => boolean {
	return row => row.serviceId === share.serviceId && row.serviceType === share.serviceType;
}

// A type is sent as it is given, also one that is newer than the schema here.

function toKey({
	serviceId,
	serviceType,
}: Pick<Share, 'serviceId' | 'serviceType'>): ListSharedWithQueryVariables {
	return {serviceId, serviceType: serviceType as ServiceType};
}

function toVariables(share: Share): ShareMutationVariables {
	return {collaborativeId: share.collaborativeId, ...toKey(share)};
}

/** Null without a reason: nobody knows what has happened. */
function unanswered(): ShellError {
	return new ShellError('failed', 'the Exchange did not say that it has done so', {
		hint: 'look at what is shared, then try again',
	});
}
