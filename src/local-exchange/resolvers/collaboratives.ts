import {type Asker, checkService, collaborativeInside, isInside} from '../access.ts';
import type {CollaborativeRow, MembershipRow, PersonRow} from '../catalogue/collaboratives.ts';
import type {ServiceKey} from '../catalogue/rights.ts';
import {notFound, unauthorized} from '../graphql/resolver-error.ts';
import type {Resolvers} from './context.ts';

type CollaborativeArgs = {collaborativeId: string};
type ShareArgs = CollaborativeArgs & ServiceKey;

/** The API has null for a list that has nothing in it. */
const orNull = <T>(list: readonly T[]) => (list.length === 0 ? null : list);

export const collaborativeResolvers: Resolvers = {
	Query: {
		collaborative_listCollaboratives: (_, _args, {catalogue, user}) =>
			catalogue.collaboratives.ofOrganization(user.organization.organizationId),
		collaborative_getCollaborative: (_, {collaborativeId}: CollaborativeArgs, {catalogue, user}) => {
			const collaborative = catalogue.collaboratives.get(collaborativeId);
			if (collaborative === undefined) throw notFound('Collaborative', collaborativeId);
			const known = catalogue.collaboratives.ofOrganization(user.organization.organizationId);
			if (!known.some(each => each.collaborativeId === collaborativeId)) throw unauthorized();
			return collaborative;
		},
		collaborative_listCollaborativeServices: (_, {collaborativeId}: CollaborativeArgs, context) => {
			collaborativeInside(context, collaborativeId);
			return context.catalogue.shares.inCollaborative(collaborativeId);
		},
		collaborative_listCollaborativesServiceSharedWith: (_, service: ServiceKey, context) => {
			checkService(context, service, 'own');
			return context.catalogue.shares.collaborativesOf(service);
		},
	},
	Mutation: {
		collaborative_addServiceToCollaborative: (_, {collaborativeId, ...service}: ShareArgs, context) => {
			checkService(context, service, 'own');
			collaborativeInside(context, collaborativeId);
			context.catalogue.shares.add(collaborativeId, service);
			return service;
		},
		/** Also of a collaborative that the owner is no longer in. */
		collaborative_removeServiceFromCollaborative: (_, {collaborativeId, ...service}: ShareArgs, context) => {
			const {shares} = context.catalogue;
			checkService(context, service, 'own');
			if (!shares.has(collaborativeId, service)) collaborativeInside(context, collaborativeId);
			shares.remove(collaborativeId, service);
			return service;
		},
	},
	Collaborative: {
		memberOrganizations: ({collaborativeId}: CollaborativeRow, _args, context) =>
			orNull(memberships(collaborativeId, context)),
	},
	CollaborativeMemberOrganization: {
		organization: ({organizationId}: MembershipRow, _args, {catalogue}) =>
			catalogue.users.organization(organizationId),
		submittedByUser: ({submittedByUserId: id}: MembershipRow, _args, {catalogue}) =>
			id === null ? null : catalogue.users.get(id),
		usersInCollaborative: ({collaborativeId, organizationId}: MembershipRow, _args, {catalogue}) =>
			orNull(catalogue.collaboratives.people(collaborativeId, organizationId)),
	},
	CollaborativeMemberUser: {
		user: ({userId}: PersonRow, _args, {catalogue}) => catalogue.users.get(userId),
	},
	Service: {
		dataStore: ({serviceId, serviceType}: ServiceKey, _args, {catalogue}) =>
			serviceType === 'DATA_STORE' ? catalogue.stores.get(serviceId) : null,
		timeSeriesDb: ({serviceId, serviceType}: ServiceKey, _args, {catalogue}) =>
			serviceType === 'TIME_SERIES_DB' ? catalogue.databases.get(serviceId) : null,
		iotEndpointGroup: ({serviceId, serviceType}: ServiceKey, _args, {catalogue}) => {
			const group = serviceType === 'IOT_GROUP' ? catalogue.otherServices.get(serviceId) : undefined;
			if (group === undefined) return null;
			const {name, description, ownerUserId} = group;
			// The exchange has no hubs: a group that it knows lies in one by itself.
			const iotHubId = serviceId.replace('iotGroupId', 'iotHubId');
			return {
				iotGroupId: serviceId,
				iotHubId,
				name,
				description,
				ownerUserId,
				iotEndpointIds: [],
				endpoints: [],
			};
		},
		dataCapture: ({serviceId, serviceType}: ServiceKey, _args, {catalogue}) => {
			const capture = serviceType === 'DATA_CAPTURE' ? catalogue.otherServices.get(serviceId) : undefined;
			if (capture === undefined) return null;
			const {name, description, ownerUserId, created} = capture;
			return {
				captureId: serviceId,
				captureType: 'STANDARD',
				displayName: name,
				description,
				ownerUserId,
				state: 'COMPLETE',
				dateCreated: created,
				dateUpdated: created,
			};
		},
	},
};

/** All of them for those who count in the collaborative; for everybody else their own organization's alone. */
function memberships(
	collaborativeId: string,
	asker: Asker & {user: {organization: {organizationId: string}}},
) {
	const all = asker.catalogue.collaboratives.organizations(collaborativeId);
	if (isInside(asker, collaborativeId)) return all;
	const {organizationId} = asker.user.organization;
	return all.filter(membership => membership.organizationId === organizationId);
}
