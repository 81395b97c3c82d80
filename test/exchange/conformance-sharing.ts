import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {RenewToken} from '../../src/exchange/token-source.ts';
import {entryName} from '../../src/shell/paths.ts';
import type {Exchange} from '../../src/shell/ports.ts';
import type {Share} from '../../src/shell/sharing.ts';
import {failure} from './failure.ts';

/** What another person has to do with the collaborative of a test. */
type Other = 'writer' | 'reader' | 'colleague' | 'pending' | 'denied' | 'stranger';

/** An Exchange with collaboratives to be tested. */
export type SharingSubject = {
	/** A client with a cache of its own for each call, all of the same person. */
	readonly connect: () => Exchange;
	/** Where tests may change what is shared, with whom, and people's tokens. */
	readonly playground?: {
		/** Hosted by the person's organization, with nothing shared in it. */
		readonly collaborativeId: string;
		readonly secondCollaborativeId: string;
		/** The person's own, with one file, `a.txt`, in its home directory. */
		readonly store: {readonly dataStoreId: string; readonly homeDirectoryId: string};
		readonly timeSeriesDbId: string;
		readonly connectAs: (other: Other) => Exchange;
		readonly connectWith: (token: string, renewToken?: RenewToken) => Exchange;
		/** HTTP requests that have reached the Exchange so far. */
		readonly requests: () => number;
	};
	readonly close: () => Promise<void>;
};

const text = expect.any(String);
const textOrNull = expect.toSatisfy(value => value === null || typeof value === 'string');

/** The contract of the Sharing and Tokens ports. */
export function sharingConformance(
	name: string,
	open: () => Promise<SharingSubject>,
	{changes}: {readonly changes: boolean},
): void {
	describe(`Sharing contract: ${name}`, () => {
		let subject: SharingSubject;
		let exchange: Exchange;
		let playground: NonNullable<SharingSubject['playground']>;
		let storeShare: Share;
		let databaseShare: Share;

		beforeAll(async () => {
			subject = await open();
			exchange = subject.connect();
			if (!subject.playground) return;
			playground = subject.playground;
			const {collaborativeId, store, timeSeriesDbId} = playground;
			storeShare = {collaborativeId, serviceId: store.dataStoreId, serviceType: 'DATA_STORE'};
			databaseShare = {collaborativeId, serviceId: timeSeriesDbId, serviceType: 'TIME_SERIES_DB'};
		}, 60_000);
		afterAll(async () => {
			exchange?.close();
			await subject?.close();
		});

		test('collaboratives have organizations with their state, and people with their permission', async () => {
			for (const collaborative of await exchange.sharing.listCollaboratives()) {
				expect(collaborative).toEqual({
					collaborativeId: text,
					name: text,
					description: textOrNull,
					hostOrganizationId: text,
					memberOrganizations: expect.any(Array),
				});
				for (const member of collaborative.memberOrganizations) {
					expect(member).toMatchObject({memberState: textOrNull, usersInCollaborative: expect.any(Array)});
					for (const {permission} of member.usersInCollaborative) expect(permission).toEqual(textOrNull);
				}
			}
		});

		test('what is shared in each is listed, or denied', async () => {
			for (const {collaborativeId} of await exchange.sharing.listCollaboratives()) {
				const services = await exchange.sharing.listServices(collaborativeId).catch(error => error.code);
				if (services === 'denied') continue;
				for (const service of services) {
					expect(service).toMatchObject({serviceId: text, serviceType: text, name: textOrNull});
				}
			}
		});

		test('tokens are listed without their value', async () => {
			for (const token of await exchange.tokens.listTokens()) {
				expect(token).toEqual({
					tokenId: text,
					name: text,
					tokenType: textOrNull,
					dateCreated: text,
					dateExpires: text,
					lastActive: textOrNull,
				});
			}
		});

		if (!changes) return;

		/** Requests that `work` has cost. */
		const cost = async (work: () => Promise<unknown>) => {
			const before = playground.requests();
			await work();
			return playground.requests() - before;
		};
		const idsIn = async (from: Exchange, collaborativeId = playground.collaborativeId) =>
			(await from.sharing.listServices(collaborativeId, {maxAge: 0})).map(({serviceId}) => serviceId);
		const codeOf = async (call: Promise<unknown>) => (await failure(call)).code;

		test('a collaborative says who is in it', async () => {
			const all = await exchange.sharing.listCollaboratives();
			const found = all.find(({collaborativeId}) => collaborativeId === playground.collaborativeId);
			const states = found?.memberOrganizations.map(({memberState}) => memberState);
			expect(states?.toSorted()).toEqual([
				'APPROVED',
				'DENIED_ACCESS',
				'HOST_ORGANIZATION',
				'PENDING_APPROVAL',
			]);
			const {userId} = await exchange.user();
			const host = found?.memberOrganizations.find(({memberState}) => memberState === 'HOST_ORGANIZATION');
			expect(host?.organization?.organizationId).toBe(found?.hostOrganizationId);
			expect(host?.usersInCollaborative).toMatchObject([{permission: 'READ_WRITE', user: {userId}}]);
		});

		test('what one shares, others see and open by its id alone, at once; unshared it is gone at once', async () => {
			const writer = playground.connectAs('writer');
			const reader = playground.connectAs('reader');
			expect(await idsIn(reader)).toEqual([]);
			await exchange.sharing.share(storeShare);
			await exchange.sharing.share(databaseShare);

			const services = await reader.sharing.listServices(playground.collaborativeId, {maxAge: 0});
			const store = services.find(({serviceType}) => serviceType === 'DATA_STORE');
			const database = services.find(({serviceType}) => serviceType === 'TIME_SERIES_DB');
			const {userId} = await exchange.user();
			expect(store).toMatchObject({serviceId: storeShare.serviceId, ownerUserId: userId, timeSeriesDb: null});
			expect(store?.dataStore).toMatchObject(playground.store);
			expect(database).toMatchObject({
				serviceId: databaseShare.serviceId,
				ownerUserId: userId,
				dataStore: null,
				timeSeriesDb: {timeSeriesDbId: databaseShare.serviceId},
			});

			const home = store?.dataStore?.homeDirectoryId ?? '';
			const {entries} = await reader.listDirectory(home);
			expect(entries.map(entryName)).toEqual(['a.txt']);
			const [entry] = entries;
			if (entry?.objectType !== 'FILE') throw new Error('no file');
			const {body} = await reader.download({dataStoreFileId: entry.dataStoreFileId});
			const chunks: Uint8Array[] = [];
			for await (const chunk of body) chunks.push(chunk);
			expect(Buffer.concat(chunks).toString()).toBe('a');
			expect((await reader.timeSeries.latest(databaseShare.serviceId)).assets).toEqual([]);

			const made = {dataStoreId: storeShare.serviceId, parentDirectoryId: home, name: 'by others'};
			expect(await codeOf(reader.createDirectory(made))).toBe('denied');
			const directory = await writer.createDirectory(made);
			await writer.deleteDirectory({dataStoreDirectoryId: directory.dataStoreDirectoryId, from: home});

			await exchange.sharing.unshare(storeShare);
			expect(await idsIn(reader)).toEqual([databaseShare.serviceId]);
			expect(await codeOf(reader.listDirectory(home, {maxAge: 0}))).toBe('denied');
			await exchange.sharing.unshare(databaseShare);
			expect(await codeOf(reader.timeSeries.latest(databaseShare.serviceId, {maxAge: 0}))).toBe('denied');
		});

		test('own changes are in the cached lists without another request', async () => {
			const other = subject.connect();
			const {collaborativeId} = playground;
			await other.sharing.listCollaboratives();
			await other.sharing.listServices(collaborativeId);
			await other.sharing.listSharedWith(storeShare);
			const read = async () => {
				const services = await other.sharing.listServices(collaborativeId);
				const sharedWith = await other.sharing.listSharedWith(storeShare);
				return [services.map(({serviceId}) => serviceId), sharedWith.map(({name}) => name)];
			};
			expect(await cost(() => other.sharing.share(storeShare))).toBe(1);
			expect(await cost(async () => expect(await read()).toEqual([[storeShare.serviceId], ['Pilot']]))).toBe(
				0,
			);
			// What the cache was told is what the Exchange would have said.
			const own = other.sharing.cachedServices(collaborativeId);
			expect(await other.sharing.listServices(collaborativeId, {maxAge: 0})).toEqual(own);
			expect(await cost(() => other.sharing.unshare(storeShare))).toBe(1);
			expect(await cost(async () => expect(await read()).toEqual([[], []]))).toBe(0);
		});

		test('sharing twice is sharing once; unsharing what is not shared does nothing', async () => {
			await exchange.sharing.share(storeShare);
			await exchange.sharing.share(storeShare);
			expect(await idsIn(exchange)).toEqual([storeShare.serviceId]);
			await exchange.sharing.unshare(storeShare);
			await exchange.sharing.unshare(storeShare);
			expect(await idsIn(exchange)).toEqual([]);
		});

		test('two shells that share and unshare at once agree when they look again', async () => {
			const [one, two] = [subject.connect(), subject.connect()];
			await Promise.all([idsIn(one), idsIn(two)]);
			const changes: Promise<void>[] = [];
			for (let round = 0; round < 20; round++) {
				changes.push(one.sharing.share(storeShare), two.sharing.unshare(storeShare));
				changes.push(two.sharing.share(databaseShare), one.sharing.unshare(databaseShare));
			}
			await Promise.all(changes);
			await one.sharing.share(storeShare);
			await two.sharing.unshare(databaseShare);
			expect(await idsIn(one)).toEqual([storeShare.serviceId]);
			expect(await idsIn(two)).toEqual([storeShare.serviceId]);
			await one.sharing.unshare(storeShare);
		});

		test('a thing may be shared with several', async () => {
			const second = {...storeShare, collaborativeId: playground.secondCollaborativeId};
			await exchange.sharing.share(storeShare);
			await exchange.sharing.share(second);
			const sharedWith = await exchange.sharing.listSharedWith(storeShare, {maxAge: 0});
			expect(sharedWith.map(({collaborativeId}) => collaborativeId).toSorted()).toEqual(
				[storeShare.collaborativeId, second.collaborativeId].toSorted(),
			);
			await exchange.sharing.unshare(storeShare);
			expect(await idsIn(exchange)).toEqual([]);
			expect(await idsIn(exchange, second.collaborativeId)).toEqual([storeShare.serviceId]);
			await exchange.sharing.unshare(second);
		});

		test.each<Other>(['colleague', 'pending', 'denied', 'stranger'])(
			'%s: what is shared is denied, and so is sharing',
			async other => {
				const {sharing} = playground.connectAs(other);
				expect(await codeOf(sharing.listServices(playground.collaborativeId))).toBe('denied');
				expect(await codeOf(sharing.share(storeShare))).toBe('denied');
			},
		);

		test.each<Other>(['writer', 'reader'])('%s: may not share what is not theirs', async other => {
			const {sharing} = playground.connectAs(other);
			expect(await codeOf(sharing.share(storeShare))).toBe('denied');
			expect(await codeOf(sharing.unshare(storeShare))).toBe('denied');
			expect(await codeOf(sharing.listSharedWith(storeShare))).toBe('denied');
		});

		test('pending and denied organizations know of the collaborative, strangers do not', async () => {
			const names = async (other: Other) =>
				(await playground.connectAs(other).sharing.listCollaboratives()).map(({name}) => name);
			expect(await names('pending')).toContain('Pilot');
			expect(await names('denied')).toContain('Pilot');
			expect(await names('stranger')).toEqual([]);
		});

		test('ids of nothing are not found', async () => {
			const {sharing} = exchange;
			const nowhere = {...storeShare, collaborativeId: 'collaborativeId.none'};
			const nothing = {...storeShare, serviceId: 'dataStoreId.none'};
			expect(await codeOf(sharing.listServices(nowhere.collaborativeId))).toBe('not-found');
			expect(await codeOf(sharing.share(nowhere))).toBe('not-found');
			expect(await codeOf(sharing.share(nothing))).toBe('not-found');
			expect(await codeOf(sharing.share({...storeShare, serviceType: 'TIME_SERIES_DB'}))).toBe('not-found');
		});

		test('a new token lets one in until it is deleted', async () => {
			const {token, value} = await exchange.tokens.createToken({
				name: 'Notebook "1"',
				daysBeforeExpiration: 7,
			});
			expect(token.name).toBe('Notebook "1"');
			expect(JSON.stringify(token)).not.toContain(value);
			expect(await exchange.tokens.listTokens()).toContainEqual({...token, lastActive: textOrNull});
			const notebook = playground.connectWith(value);
			expect((await notebook.user()).userId).toBe((await exchange.user()).userId);
			await exchange.tokens.deleteToken(token.tokenId);
			expect((await exchange.tokens.listTokens()).map(({tokenId}) => tokenId)).not.toContain(token.tokenId);
			expect(await codeOf(notebook.user({maxAge: 0}))).toBe('unauthorized');
			expect(await codeOf(exchange.tokens.deleteToken(token.tokenId))).toBe('not-found');
		});

		test('a session whose token ends goes on with the next, requests and events alike', async () => {
			const make = (name: string) => exchange.tokens.createToken({name, daysBeforeExpiration: 1});
			const [first, second] = [await make('first'), await make('second')];
			const renewToken = vi.fn(async () => second.value);
			const session = playground.connectWith(first.value, renewToken);
			await session.user();
			await exchange.tokens.deleteToken(first.token.tokenId);

			const asked = Promise.all([
				session.listDataStores(),
				session.sharing.listCollaboratives(),
				session.sharing.share(storeShare),
			]);
			const [stores] = await asked;
			expect(stores.map(({dataStoreId}) => dataStoreId)).toContain(storeShare.serviceId);
			expect(await idsIn(exchange)).toEqual([storeShare.serviceId]);
			await session.sharing.unshare(storeShare);
			const uploaded = await session.upload({
				dataStoreId: storeShare.serviceId,
				dataStoreDirectoryId: playground.store.homeDirectoryId,
				fileName: 'b.txt',
				size: 1,
				body: async function* () {
					yield new Uint8Array(1);
				},
			});
			const from = playground.store.homeDirectoryId;
			await session.deleteFile({dataStoreFileId: uploaded.dataStoreFileId, from});
			expect(renewToken).toHaveBeenCalledTimes(1);
		});

		test('events go on with the next token, too', async () => {
			const make = (name: string) => exchange.tokens.createToken({name, daysBeforeExpiration: 1});
			const [first, second] = [await make('third'), await make('fourth')];
			const session = playground.connectWith(first.value, async () => second.value);
			const {timeSeriesDbId} = playground;
			const publish = (value: number) =>
				exchange.timeSeries.publish({
					timeSeriesDbId,
					assetId: 'meter',
					records: [
						{
							measureName: 'readings',
							values: [{name: 'kW', value: String(value), type: 'DOUBLE'}],
							time: String(Date.UTC(2026, 0, 1, 0, 0, value) / 1000),
							timeUnit: 'SECONDS',
							version: 1,
						},
					],
				});
			await publish(1);
			await session.timeSeries.latest(timeSeriesDbId);
			await exchange.tokens.deleteToken(first.token.tokenId);
			const heard = Promise.withResolvers<void>();
			const failed: Error[] = [];
			const following = session.timeSeries.watchLatest(timeSeriesDbId, {
				onChange: () => heard.resolve(),
				onError: error => failed.push(error),
			});
			following.follow(['meter']);
			let value = 2;
			const publishing = setInterval(() => void publish(value++), 50);
			try {
				await heard.promise;
			} finally {
				clearInterval(publishing);
				following.close();
			}
			expect(failed).toEqual([]);
		});
	});
}
