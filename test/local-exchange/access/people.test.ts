import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {loadSqlite, openDatabase} from '../../../src/local-exchange/catalogue/database.ts';
import {migrations} from '../../../src/local-exchange/catalogue/migrations.ts';
import {sampleOrganizations} from '../../../src/local-exchange/sample/people.ts';
import {type LocalExchange, startLocalExchange} from '../../../src/local-exchange/server.ts';
import {type ApiClient, apiClient} from '../../support/api-client.ts';

let directory: string;
let server: LocalExchange | undefined;
const log: string[] = [];
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-people-'));
	log.length = 0;
});
afterEach(async () => {
	await server?.close();
	rmSync(directory, {recursive: true, force: true});
});

/** Starts it (anew), and answers with a client of the local user. */
async function start(options: {reset?: boolean} = {}): Promise<ApiClient> {
	await server?.close();
	server = await startLocalExchange({directory, log: line => log.push(line), ...options});
	return apiClient(server.endpoint, server.token);
}

const accounts = sampleOrganizations.flatMap(({people}) => people.map(({account}) => account)).sort();
const tokenOf = (account: string) => readFileSync(join(directory, 'tokens', account), 'utf8');
const as = (account: string) => apiClient(server!.endpoint, tokenOf(account));
const names = async ({ask}: ApiClient, list: string): Promise<string[]> =>
	(await ask(`{list: ${list} {name}}`)).list.map(({name}: {name: string}) => name).sort();
const stores = 'storage_listDataStores';
const databases = 'timeSeriesDb_listDatabases';
const session = `{session: user_getUserSession {user {
	userId firstName lastName email organization {organizationId name}
}}}`;

describe('the people of the sample', () => {
	test('have a token each, in a file of their own that nobody else may read', async () => {
		await start();
		expect(readdirSync(join(directory, 'tokens')).sort()).toEqual(accounts);
		expect(accounts.length).toBeGreaterThanOrEqual(8);
		expect(statSync(join(directory, 'tokens')).mode & 0o777).toBe(0o700);
		const organizations = new Set<string>();
		for (const account of accounts) {
			expect(statSync(join(directory, 'tokens', account)).mode & 0o777).toBe(0o600);
			const {user} = (await as(account).ask(session)).session;
			expect(user.email).toMatch(new RegExp(`^${account}@[a-z-]+\\.example$`));
			organizations.add(user.organization.organizationId);
		}
		expect(organizations.size).toBeGreaterThanOrEqual(4);
		const told = log.join('\n');
		for (const account of accounts) expect(told).not.toContain(tokenOf(account));
	});

	test('keep their tokens from start to start; a reset makes new ones', async () => {
		await start();
		const before = accounts.map(tokenOf);
		await start();
		expect(accounts.map(tokenOf)).toEqual(before);
		await start({reset: true});
		const after = accounts.map(tokenOf);
		for (const [index, token] of after.entries()) expect(token).not.toBe(before[index]);
		const {post} = apiClient(server!.endpoint, before[0]!);
		expect((await post('{__typename}')).status).toBe(401);
		expect((await as(accounts[0]!).ask(session)).session.user.email).toContain(accounts[0]!);
	});

	test('get a token again when its file is gone, damaged or no longer accepted', async () => {
		await start();
		const [gone, damaged, deleted, kept] = accounts as [string, string, string, string];
		rmSync(join(directory, 'tokens', gone));
		writeFileSync(join(directory, 'tokens', damaged), 'x');
		const mine = as(deleted);
		const {tokens} = await mine.ask('{tokens: user_listAuthenticationTokens {tokenId}}');
		expect(tokens).toHaveLength(1);
		await mine.ask('mutation ($id: ID!) {user_deleteAuthenticationToken(tokenId: $id) {name}}', {
			id: tokens[0].tokenId,
		});
		const untouched = tokenOf(kept);
		await start();
		for (const account of [gone, damaged, deleted]) {
			expect((await as(account).ask(session)).session.user.email).toContain(account);
		}
		expect(tokenOf(kept)).toBe(untouched);
	});

	test('are in collaboratives of every state, as the local user sees them', async () => {
		const {ask} = await start();
		const {collaboratives} = await ask(`{collaboratives: collaborative_listCollaboratives {
			collaborativeId name memberOrganizations {
				memberState organization {name} usersInCollaborative {permission user {email}}
			}
		}}`);
		type Membership = {
			memberState: string;
			organization: {name: string} | null;
			usersInCollaborative: {permission: string; user: {email: string} | null}[] | null;
		};
		type Found = {collaborativeId: string; name: string; memberOrganizations: Membership[] | null};
		const mine = (collaboratives as Found[]).map(({name, memberOrganizations}) => {
			const own = memberOrganizations?.find(({organization}) => organization?.name === 'Sample Utility');
			const me = own?.usersInCollaborative?.find(({user}) => user?.email === 'user@localhost');
			return [name, own?.memberState, me?.permission];
		});
		expect(mine).toEqual([
			['Resilience pilot', 'HOST_ORGANIZATION', 'READ_WRITE'],
			['Forecast exchange', 'APPROVED', 'READ_ONLY'],
			['Storm desk', 'PENDING_APPROVAL', 'READ_WRITE'],
			['Instrument trials', 'DENIED_ACCESS', 'READ_ONLY'],
			['Winter readiness', undefined, undefined],
		]);
		const everyone = (collaboratives as Found[]).flatMap(each => each.memberOrganizations ?? []);
		expect(everyone.some(({organization}) => organization === null)).toBe(true);
		expect(everyone.some(({usersInCollaborative}) => usersInCollaborative === null)).toBe(true);
		expect(everyone.some(each => each.usersInCollaborative?.some(({user}) => user === null))).toBe(true);
		const types = new Set<string>();
		for (const {collaborativeId} of collaboratives.slice(0, 2)) {
			const {services} = await ask(
				`query ($id: ID!) {services: collaborative_listCollaborativeServices(collaborativeId: $id) {serviceType}}`,
				{id: collaborativeId},
			);
			for (const {serviceType} of services) types.add(serviceType);
		}
		expect([...types].sort()).toEqual([
			'DATA_CAPTURE',
			'DATA_STORE',
			'IOT_GROUP',
			'OCS_ADAPTER',
			'TIME_SERIES_DB',
		]);
	});

	test('share some of what they own, and keep the rest to themselves', async () => {
		const local = await start();
		expect(await names(local, stores)).toEqual(['Mauna Loa air', 'Public climate and power', 'Sensor study']);
		expect(await names(local, databases)).toEqual([
			'Climate and power',
			'Mauna Loa',
			'NOAA tides',
			'Sensor study',
		]);
		expect(await names(as('kit.brandt'), stores)).toEqual(['Calibration notes']);
		expect(await names(as('pia.holm'), stores)).toEqual(['Public climate and power', 'Wind and rain']);
		expect(await names(as('lena.osei'), stores)).toEqual([]);
		expect(await names(as('lena.osei'), databases)).toEqual([]);
	});

	test('own real data: a file of theirs downloads, a series of theirs has its newest value', async () => {
		const {ask} = await start();
		const {list} = await ask('{list: storage_listDataStores {name dataStoreId homeDirectoryId}}');
		const {homeDirectoryId} = list.find(({name}: {name: string}) => name === 'Mauna Loa air');
		const {directory: found} = await ask(
			`query ($id: ID!) {directory: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {
				contents {dataStoreFile {dataStoreFileId name}}
			}}`,
			{id: homeDirectoryId},
		);
		const file = found.contents.find((each: {dataStoreFile: {name: string}}) =>
			each.dataStoreFile.name.includes('1960s'),
		).dataStoreFile;
		const {file: url} = await ask(
			'query ($id: ID!) {file: storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}',
			{id: file.dataStoreFileId},
		);
		const lines = (await (await fetch(url.url)).text()).trim().split('\n');
		expect(lines[1]).toMatch(/^1960-01-01,/);
		expect(lines.at(-1)).toMatch(/^1969-12-01,/);

		const {list: series} = await ask('{list: timeSeriesDb_listDatabases {name timeSeriesDbId}}');
		const {timeSeriesDbId} = series.find(({name}: {name: string}) => name === 'Mauna Loa');
		const {values} = await ask(
			`query ($id: ID!) {values: timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: $id) {
				data {assetId attributes {name lastValue lastValueTime}}
			}}`,
			{id: timeSeriesDbId},
		);
		expect(values.data).toEqual([
			{
				assetId: 'mauna-loa',
				attributes: [
					{
						name: 'co2_ppm',
						lastValue: '416.18',
						lastValueTime: expect.stringMatching(/^2020-04-01/),
					},
					{
						name: 'co2_adjusted_ppm',
						lastValue: '413.35',
						lastValueTime: expect.stringMatching(/^2020-04-01/),
					},
				],
			},
		]);
	});
});

describe('a data folder of an older version', () => {
	/** As the version before collaboratives left it, with a store that a user has made and one that was the sample's. */
	function makeOldFolder(sampleName: string): void {
		const {DatabaseSync} = loadSqlite();
		const old = new DatabaseSync(join(directory, 'catalogue.sqlite'));
		old.exec(`${migrations.slice(0, 2).join(';')}; PRAGMA user_version = 2;
			INSERT INTO organizations VALUES ('organizationId.1', 'Sample Utility', 1);
			INSERT INTO users VALUES ('userId.1', 'organizationId.1', 'Local', 'User', 'user@localhost', NULL,
				'ACTIVE', '[]', NULL);
			INSERT INTO facts VALUES ('seeded', '1'), ('databasesSeeded', '1');
			INSERT INTO stores VALUES ('dataStoreId.1', '${sampleName}', NULL, 'userId.1', 'dataStoreDirectoryId.1'),
				('dataStoreId.2', 'Mine', NULL, 'userId.1', 'dataStoreDirectoryId.2');
			INSERT INTO directories VALUES ('dataStoreDirectoryId.1', 'dataStoreId.1', NULL, '/', 'userId.1'),
				('dataStoreDirectoryId.2', 'dataStoreId.2', NULL, '/', 'userId.1');
			INSERT INTO files VALUES ('dataStoreFileId.1', 'dataStoreId.2', 'dataStoreDirectoryId.2', 'a', 'txt',
				NULL, 0, 1, '2026-01-01T00:00:00.000Z', 'text/plain', 'userId.1', NULL, 0);
			INSERT INTO databases VALUES ('timeSeriesDbId.1', 'Mine too', NULL, 'userId.1', 'mine_too', 'samples', NULL, 1);
		`);
		old.close();
		chmodSync(directory, 0o700);
	}

	test.each(['Public climate and power', 'Renamed'])(
		'keeps what it holds and gets the people (%s)',
		async name => {
			makeOldFolder(name);
			const local = await start();
			const {user} = (await local.ask(session)).session;
			expect(user.userId).toBe('userId.1');
			const {own} = await local.ask(
				'{own: storage_listDataStores(userId: "userId.1") {dataStoreId name ownerUserId}}',
			);
			expect(own).toEqual([
				{dataStoreId: 'dataStoreId.1', name, ownerUserId: 'userId.1'},
				{dataStoreId: 'dataStoreId.2', name: 'Mine', ownerUserId: 'userId.1'},
			]);
			expect(await names(local, databases)).toEqual(['Mauna Loa', 'Mine too']);
			expect(
				(await local.ask(`{f: storage_getDataStoreFile(dataStoreFileId: "dataStoreFileId.1") {name}}`)).f,
			).toEqual({
				name: 'a',
			});
			const shared = name === 'Renamed' ? [] : [name];
			expect(await names(as('ines.moreau'), stores)).toEqual(['Mauna Loa air', ...shared]);
			const remove = 'mutation {storage_deleteDataStore(dataStoreId: "dataStoreId.2") {name}}';
			await local.ask(remove);
			await start();
			expect(await names(as('ines.moreau'), stores)).toEqual(['Mauna Loa air', ...shared]);
			expect(readdirSync(join(directory, 'tokens')).sort()).toEqual(accounts);
		},
	);

	test('gets the people once, however often it is opened', async () => {
		makeOldFolder('Mine as well');
		await start();
		await start();
		await server!.close();
		const database = openDatabase(join(directory, 'catalogue.sqlite'));
		expect(database.prepare('SELECT count(*) AS people FROM users').get()).toEqual({
			people: accounts.length + 1,
		});
		database.close();
	});
});
