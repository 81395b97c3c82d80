import {randomBytes, randomInt} from 'node:crypto';
import {mkdtempSync, readdirSync, rmSync, watch} from 'node:fs';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {othersStores} from '../../src/local-exchange/sample/others.ts';
import {sampleStores} from '../../src/local-exchange/sample/sample.ts';
import {type ApiClient, apiClient} from '../support/api-client.ts';
import {type ServeProcess, startServe} from '../support/serve-process.ts';

const kills = 6;
const workers = 3;

let directory: string;
let server: ServeProcess | undefined;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-kill-'));
});
afterEach(async () => {
	server?.child.kill('SIGKILL');
	await server?.ended;
	rmSync(directory, {recursive: true, force: true});
});

async function start(): Promise<ApiClient> {
	server = await startServe({directory, quiet: true});
	return apiClient(server.endpoint, server.token);
}

/** What the exchange has acknowledged; `maybe` where the kill came before an answer. */
type Fate = 'there' | 'gone' | 'maybe';
type File = {readonly bytes: Buffer; fate: Fate};
/** Files that live and die together. */
type Folder = {readonly files: string[]; fate: Fate};
type World = {
	readonly dataStoreId: string;
	readonly root: string;
	readonly files: Map<string, File>;
	readonly folders: Map<string, Folder>;
	/** Called at each step of the work; kills when its time has come. */
	step: () => void;
};

const createFile = `mutation ($s: ID!, $d: ID!) {
	file: storage_createDataStoreFile(dataStoreId: $s, dataStoreDirectoryId: $d, name: "f", fileExtension: "bin") {
		url itemId
	}
}`;
const createDirectory = `mutation ($s: ID!, $d: ID!) {
	directory: storage_createDataStoreDirectory(dataStoreId: $s, parentDirectoryId: $d, name: "d") {
		dataStoreDirectoryId
	}
}`;
const deleteFile = 'mutation ($id: ID!) {storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}';
const deleteDirectory =
	'mutation ($id: ID!) {storage_deleteDataStoreDirectory(dataStoreDirectoryId: $id) {name}}';

async function upload(api: ApiClient, world: World, home: string): Promise<string> {
	const bytes = randomBytes(randomInt(1, 1_000_000));
	const {file} = await api.ask(createFile, {s: world.dataStoreId, d: home});
	const record: File = {bytes, fate: 'maybe'};
	world.files.set(file.itemId, record);
	await putInSteps(file.url, bytes, world);
	record.fate = 'there';
	return file.itemId;
}

async function putInSteps(url: string, bytes: Buffer, world: World): Promise<void> {
	await new Promise<void>((done, failed) => {
		const headers = {'Content-Length': bytes.length};
		const sent = request(url, {method: 'PUT', headers, agent: false}, response => {
			response.resume().on('end', () => (response.statusCode === 200 ? done() : failed(response.statusCode)));
			response.on('error', failed);
		});
		sent.on('error', failed);
		const next = (at: number) => {
			world.step();
			if (at >= bytes.length) sent.end();
			else sent.write(bytes.subarray(at, at + 65_536), () => next(at + 65_536));
		};
		next(0);
	});
}

/** Makes and deletes files and directories until the server is gone. */
async function work(api: ApiClient, world: World): Promise<never> {
	for (;;) {
		world.step();
		const {directory: made} = await api.ask(createDirectory, {s: world.dataStoreId, d: world.root});
		const id: string = made.dataStoreDirectoryId;
		const folder: Folder = {files: [], fate: 'there'};
		world.folders.set(id, folder);
		for (let count = 0; count < 3; count++) folder.files.push(await upload(api, world, id));
		const single = await upload(api, world, world.root);
		if (randomInt(2) === 0) continue;
		world.files.get(single)!.fate = 'maybe';
		folder.fate = 'maybe';
		world.step();
		const deletions = [api.ask(deleteFile, {id: single}), api.ask(deleteDirectory, {id})];
		queueMicrotask(world.step);
		const [one, all] = await Promise.allSettled(deletions);
		if (one?.status === 'fulfilled') world.files.get(single)!.fate = 'gone';
		if (all?.status === 'fulfilled') folder.fate = 'gone';
		await Promise.all(deletions);
	}
}

type Listed = {dataStoreFileId: string; s3ConfirmedUpload: boolean; storageSizeBytes: number | null};

async function list(
	api: ApiClient,
	id: string,
): Promise<{files: Listed[]; directories: string[]} | undefined> {
	const {body} = await api.post(
		`query ($id: ID!) {directory: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {contents {
			dataStoreFile {dataStoreFileId s3ConfirmedUpload storageSizeBytes}
			dataStoreDirectory {dataStoreDirectoryId}
		}}}`,
		{id},
	);
	const {data, errors} = body as {
		data: {
			directory: {
				contents: {dataStoreFile?: Listed; dataStoreDirectory?: {dataStoreDirectoryId: string}}[];
			} | null;
		};
		errors?: {errorType: string}[];
	};
	if (data.directory === null) {
		expect(errors?.[0]?.errorType).toBe('NotFound');
		return undefined;
	}
	const {contents} = data.directory;
	return {
		files: contents.flatMap(row => row.dataStoreFile ?? []),
		directories: contents.flatMap(row => row.dataStoreDirectory?.dataStoreDirectoryId ?? []),
	};
}

/** Compares what is there with what was acknowledged, and takes what is there as the new truth. */
async function check(api: ApiClient, world: World): Promise<void> {
	const root = (await list(api, world.root))!;
	const seen = [...root.files];
	for (const [id, folder] of world.folders) {
		const listed = await list(api, id);
		if (folder.fate !== 'maybe') expect(listed !== undefined).toBe(folder.fate === 'there');
		expect(root.directories.includes(id)).toBe(listed !== undefined);
		if (listed === undefined) for (const file of folder.files) world.files.get(file)!.fate = 'gone';
		else seen.push(...listed.files);
		folder.fate = listed === undefined ? 'gone' : 'there';
	}
	const confirmed = new Set(seen.filter(file => file.s3ConfirmedUpload).map(file => file.dataStoreFileId));
	for (const [id, file] of world.files) {
		if (file.fate !== 'maybe') expect(confirmed.has(id)).toBe(file.fate === 'there');
		file.fate = confirmed.has(id) ? 'there' : 'gone';
		if (file.fate === 'there') expect((await download(api, id)).equals(file.bytes)).toBe(true);
	}
	for (const file of seen) expect(file.storageSizeBytes === null).toBe(!file.s3ConfirmedUpload);
	expect(readdirSync(join(directory, 'incoming'))).toEqual([]);
}

async function download(api: ApiClient, id: string): Promise<Buffer> {
	const query = 'query ($id: ID!) {file: storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}';
	return Buffer.from(await (await fetch((await api.ask(query, {id})).file.url)).arrayBuffer());
}

test('killed in the middle of uploads and deletes, again and again, it keeps what it acknowledged and shows no half', async () => {
	let api = await start();
	const sampleBlobs = readdirSync(join(directory, 'blobs')).length;
	const store = await api.addStore('Study');
	const world: World = {
		dataStoreId: store.dataStoreId,
		root: store.homeDirectoryId,
		files: new Map(),
		folders: new Map(),
		step: () => {},
	};
	let survived = 0;
	for (let round = 0; round < kills; round++) {
		let steps = randomInt(1, 250);
		world.step = () => {
			if (--steps === 0) server!.child.kill('SIGKILL');
		};
		const ends = await Promise.allSettled(Array.from({length: workers}, () => work(api, world)));
		expect(ends.map(({status}) => status)).toEqual(Array(workers).fill('rejected'));
		expect(steps).toBeLessThanOrEqual(0);
		expect(await server!.ended).toBeNull();
		world.step = () => {};
		api = await start();
		await check(api, world);
		const there = [...world.files.values()].filter(({fate}) => fate === 'there').length;
		expect(readdirSync(join(directory, 'blobs'))).toHaveLength(sampleBlobs + there);
		survived = Math.max(survived, there);
	}
	expect(survived).toBeGreaterThan(0);
}, 240_000);

test('killed while it makes the sample, it makes it anew', async () => {
	const locked = Promise.withResolvers<void>();
	const watcher = watch(directory, (_, name) => name === 'exchange.lock' && locked.resolve());
	const starting = startServe({directory, quiet: true});
	await locked.promise;
	watcher.close();
	// The pid stands in the lock: the process has not said that it is ready.
	process.kill(JSON.parse(await readLock()).pid, 'SIGKILL');
	server = await starting;
	expect(server.endpoint).toBe('');
	const names = async (api: ApiClient) => (await api.ask('{s: storage_listDataStores {name}}')).s;
	const stores = await names(await start());
	expect(stores.length).toBeGreaterThan(1);
	expect(new Set(stores.map((store: {name: string}) => store.name)).size).toBe(stores.length);
	expect(readdirSync(join(directory, 'blobs'))).toHaveLength([...sampleStores(), ...othersStores()].length);
}, 120_000);

async function readLock(): Promise<string> {
	const {readFile} = await import('node:fs/promises');
	return readFile(join(directory, 'exchange.lock'), 'utf8');
}
