import type {Catalogue} from '../catalogue/catalogue.ts';
import {newId} from '../catalogue/ids.ts';
import type {ServiceKey} from '../catalogue/rights.ts';
import type {Blobs} from '../contents/blobs.ts';
import {type SampleCollaborative, type SampleShare, sampleCollaboratives} from '../sample/collaboratives.ts';
import {othersDatabases, othersStores} from '../sample/others.ts';
import {localAccount, localOrganization, sampleOrganizations} from '../sample/people.ts';
import {addStore, type StoredSample, storeContents} from './place-store.ts';

/** Where the sample's names lead to in the catalogue. */
type Directory = {
	readonly organizations: ReadonlyMap<string, string>;
	readonly users: ReadonlyMap<string, string>;
};

const joined = '2026-10-05T16:20:00.000Z';

/**
 * Puts the people of the sample into the catalogue, with what they own, their collaboratives and what is shared. What
 * the local user has stays as it is; of that, what the sample shares is shared if it is still there. All or nothing,
 * with `done` at its end.
 */
export async function seedPeople(catalogue: Catalogue, blobs: Blobs, done: () => void): Promise<void> {
	const stored: [owner: string, StoredSample][] = [];
	for (const store of othersStores()) stored.push([store.owner, await storeContents(store, blobs)]);
	catalogue.transact(() => {
		const directory = addPeople(catalogue);
		for (const [owner, store] of stored) addStore(catalogue, store, directory.users.get(owner)!);
		for (const {owner, name, description} of othersDatabases()) {
			const ownerUserId = directory.users.get(owner)!;
			catalogue.databases.create({name, description, ownerUserId, sample: name});
		}
		for (const collaborative of sampleCollaboratives) addCollaborative(catalogue, collaborative, directory);
		done();
	});
}

function addPeople(catalogue: Catalogue): Directory {
	const local = catalogue.users.local();
	const organizations = new Map([[localOrganization, local.organization.organizationId]]);
	const users = new Map([[localAccount, local.userId]]);
	for (const {name, people} of sampleOrganizations) {
		const organizationId = organizations.get(name) ?? catalogue.users.createOrganization(name);
		organizations.set(name, organizationId);
		for (const {account, ...person} of people) {
			users.set(account, catalogue.users.create({...person, organizationId}));
		}
	}
	return {organizations, users};
}

function addCollaborative(
	catalogue: Catalogue,
	{name, description, host, members, shared}: SampleCollaborative,
	{organizations, users}: Directory,
): void {
	const {collaboratives, shares} = catalogue;
	const hostOrganizationId = organizations.get(host)!;
	const collaborativeId = collaboratives.create({name, description, hostOrganizationId});
	for (const {organization, state, submittedBy, approvedBy, people} of members) {
		// Who has left the Exchange is known by an id that leads nowhere.
		const organizationId = organizations.get(organization ?? '') ?? newId('organizationId');
		collaboratives.addOrganization({
			collaborativeId,
			organizationId,
			memberState: state,
			submittedByUserId: users.get(submittedBy ?? '') ?? null,
			submittedTimestamp: submittedBy === undefined ? null : joined,
			accessApprovedByUserId: users.get(approvedBy ?? '') ?? null,
		});
		for (const [account, permission] of Object.entries(people)) {
			const userId = users.get(account) ?? newId('userId');
			collaboratives.addPerson(collaborativeId, organizationId, {userId, permission});
		}
	}
	for (const share of shared) {
		const service = serviceOf(catalogue, share, users.get(share.owner)!);
		if (service !== undefined) shares.add(collaborativeId, service);
	}
}

/** Undefined for a store or database that the local user has renamed or deleted since. */
function serviceOf(catalogue: Catalogue, share: SampleShare, ownerUserId: string): ServiceKey | undefined {
	const {name, serviceType} = share;
	if ('description' in share) {
		const {serviceType, description} = share;
		const service = {serviceType, name, description, ownerUserId, created: joined};
		return {serviceType, serviceId: catalogue.otherServices.create(service)};
	}
	const isIt = (row: {name: string; ownerUserId: string}) =>
		row.name === name && row.ownerUserId === ownerUserId;
	if (serviceType === 'DATA_STORE') {
		const store = catalogue.stores.list(ownerUserId).find(isIt);
		return store && {serviceType, serviceId: store.dataStoreId};
	}
	const database = catalogue.databases.list(ownerUserId).find(isIt);
	return database && {serviceType, serviceId: database.timeSeriesDbId};
}
