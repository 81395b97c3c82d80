import type {Catalogue} from '../catalogue/catalogue.ts';
import type {Blobs} from '../contents/blobs.ts';
import {addStore, type StoredSample, storeContents} from './place-store.ts';

const seededFact = 'seeded';
const databasesSeededFact = 'databasesSeeded';
const peopleSeededFact = 'peopleSeeded';

/**
 * Puts what the sample has into a catalogue that has never had it: stores, databases, people with what they share.
 * Each all or nothing: interrupted, the next start does it anew.
 */
export async function seed(catalogue: Catalogue, blobs: Blobs): Promise<void> {
	await seedStores(catalogue, blobs);
	await seedDatabases(catalogue);
	if (catalogue.fact(peopleSeededFact) !== undefined) return;
	const {seedPeople} = await import('./seed-people.ts');
	await seedPeople(catalogue, blobs, () => catalogue.setFact(peopleSeededFact, '1'));
}

/** Their data waits until somebody asks for it: that takes longer than anyone waits for a first start. */
async function seedDatabases(catalogue: Catalogue): Promise<void> {
	if (catalogue.fact(databasesSeededFact) !== undefined) return;
	const {sampleDatabases} = await import('../sample/databases.ts');
	catalogue.transact(() => {
		const ownerUserId = catalogue.users.local().userId;
		for (const {name, description} of sampleDatabases()) {
			catalogue.databases.create({name, description, ownerUserId, sample: name});
		}
		catalogue.setFact(databasesSeededFact, '1');
	});
}

async function seedStores(catalogue: Catalogue, blobs: Blobs): Promise<void> {
	if (catalogue.fact(seededFact) !== undefined) return;
	const {sampleStores} = await import('../sample/sample.ts');
	const stored: StoredSample[] = [];
	for (const store of sampleStores()) stored.push(await storeContents(store, blobs));
	const ownerUserId = catalogue.users.local().userId;
	catalogue.transact(() => {
		for (const sample of stored) addStore(catalogue, sample, ownerUserId);
		catalogue.setFact(seededFact, '1');
	});
}
