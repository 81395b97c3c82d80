import type {Collaborative, MemberOrganization, Service} from '../shell/sharing.ts';
import {toDataStore, toUser} from './account.ts';
import type {MembershipFragment, NamedServiceFragment} from './operations/generated.ts';
import {toDatabase} from './time-series/databases.ts';

/** Null entries are absent; a null list is an empty one. */
export function toCollaborative(row: MembershipFragment): Collaborative {
	const {collaborativeId, name, description, hostOrganizationId, memberOrganizations} = row;
	return {
		collaborativeId,
		name,
		description,
		hostOrganizationId,
		memberOrganizations: (memberOrganizations ?? []).filter(member => member !== null).map(toMember),
	};
}

type MemberRow = NonNullable<NonNullable<MembershipFragment['memberOrganizations']>[number]>;

function toMember({organization, memberState, usersInCollaborative}: MemberRow): MemberOrganization {
	return {
		organization: organization && {organizationId: organization.organizationId, name: organization.name},
		memberState,
		usersInCollaborative: (usersInCollaborative ?? [])
			.filter(member => member !== null)
			.map(({permission, user}) => ({permission, user: user && toUser(user)})),
	};
}

/** Any type has the name and the owner that the Exchange gives it, wherever it gives them. */
export function toService(row: NamedServiceFragment): Service {
	const {serviceId, serviceType, dataStore, timeSeriesDb, iotEndpointGroup, dataCapture} = row;
	const thing = dataStore ?? timeSeriesDb ?? iotEndpointGroup ?? dataCapture;
	return {
		serviceId,
		serviceType,
		name: thing && ('displayName' in thing ? thing.displayName : thing.name),
		ownerUserId: thing?.ownerUserId ?? null,
		dataStore: serviceType === 'DATA_STORE' && dataStore ? toDataStore(dataStore) : null,
		timeSeriesDb: serviceType === 'TIME_SERIES_DB' && timeSeriesDb ? toDatabase(timeSeriesDb) : null,
	};
}
