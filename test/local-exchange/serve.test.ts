import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {findLocalExchange} from '../../src/local-exchange/lock.ts';
import {apiClient} from '../support/api-client.ts';
import {type ServeProcess, startServe} from '../support/serve-process.ts';

let directory: string;
let processes: ServeProcess[];
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-serve-'));
	processes = [];
});
afterEach(async () => {
	for (const {child, ended} of processes) {
		child.kill('SIGKILL');
		await ended;
	}
	rmSync(directory, {recursive: true, force: true});
});

async function run(options: Omit<Parameters<typeof startServe>[0], 'directory'> = {}): Promise<ServeProcess> {
	const started = await startServe({...options, directory});
	processes.push(started);
	return started;
}

const listStores = '{stores: storage_listDataStores {name}}';

test.each(['SIGINT', 'SIGTERM'] as const)(
	'serve says where it is in two lines, and ends cleanly on %s',
	async signal => {
		const {child, endpoint, token, stdout, ended} = await run();
		expect(stdout()).toBe(`ADX_ENDPOINT=${endpoint}\nADX_TOKEN=${token}\n`);
		expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
		expect((await apiClient(endpoint, token).ask(listStores)).stores.length).toBeGreaterThan(1);
		child.kill(signal);
		expect(await ended).toBe(0);
		expect(await findLocalExchange(directory)).toBeUndefined();
	},
);

test('nobody but their owner may read the files of a data directory, wherever they come to lie', async () => {
	const {endpoint, token} = await run();
	const {ask, addStore, addFile} = apiClient(endpoint, token);
	const {dataStoreId, homeDirectoryId} = await addStore('Study');
	await addFile({dataStoreId, dataStoreDirectoryId: homeDirectoryId}, 'x.csv', 'abc');
	const {list} = await ask('{list: timeSeriesDb_listDatabases {timeSeriesDbId}}');
	// Opens the engine's file.
	await ask('query ($id: ID!) {timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: $id) {nextToken}}', {
		id: list[0].timeSeriesDbId,
	});
	const open = readdirSync(directory, {recursive: true, encoding: 'utf8'}).filter(
		name => ((statSync(join(directory, name), {throwIfNoEntry: false})?.mode ?? 0) & 0o077) !== 0,
	);
	expect(open).toEqual([]);
	expect(readdirSync(directory)).toEqual(expect.arrayContaining(['catalogue.sqlite', 'series.duckdb']));
});

test('the log has a line a request, and never a token or a signature', async () => {
	const {child, endpoint, token, stderr, ended} = await run();
	const {ask, addStore, addFile} = apiClient(endpoint, token);
	await ask('query Listing {stores: storage_listDataStores {name}}');
	const {dataStoreId, homeDirectoryId} = await addStore('Study');
	const id = await addFile({dataStoreId, dataStoreDirectoryId: homeDirectoryId}, 'x.csv', 'abc');
	const query = 'query ($id: ID!) {file: storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}';
	const {url} = (await ask(query, {id})).file;
	await (await fetch(url)).text();
	await fetch(`${url}0`);
	child.kill();
	await ended;
	const lines = stderr().trim().split('\n');
	expect(lines).toHaveLength(7);
	expect(lines[0]).toMatch(/^\S+Z POST Listing 200 [\d.]+ms \d+$/);
	expect(lines[3]).toMatch(/ PUT \/uploads\/uploadId\.\S+ 200 /);
	expect(lines[5]).toMatch(/ GET \/objects\/dataStoreFileId\.\S+ 200 [\d.]+ms 3$/);
	expect(lines[6]).toMatch(/ GET \/objects\/dataStoreFileId\.\S+ 403 /);
	expect(stderr()).not.toContain(token);
	expect(stderr()).not.toContain('Signature');
});

test('a busy port and a busy directory are one clear line and exit code 2', async () => {
	const {endpoint} = await run();
	const {port} = new URL(endpoint);
	const again = await run();
	expect(await again.ended).toBe(2);
	expect(again.stdout()).toBe('');
	expect(again.stderr()).toBe(
		`adx-shell serve: ${directory}: a local exchange already serves it at ${endpoint}\n`,
	);
	const elsewhere = await startServe({directory: join(directory, 'other'), port: Number(port)});
	processes.push(elsewhere);
	expect(await elsewhere.ended).toBe(2);
	expect(elsewhere.stderr()).toMatch(/^adx-shell serve: port \d+: another program has it/);
});

test('serve ends by itself when nobody uses it', async () => {
	const {ended} = await run({idleMs: 100});
	expect(await ended).toBe(0);
});

test('reset forgets what was there and brings the sample back', async () => {
	const first = await run();
	const {addStore} = apiClient(first.endpoint, first.token);
	await addStore('Mine', {'x.txt': 'x'});
	first.child.kill();
	await first.ended;
	const kept = await run();
	const names = async ({endpoint, token}: ServeProcess) =>
		(await apiClient(endpoint, token).ask(listStores)).stores.map((store: {name: string}) => store.name);
	const before = await names(kept);
	expect(before).toContain('Mine');
	kept.child.kill();
	await kept.ended;
	const anew = await run({reset: true});
	expect(anew.token).toBe(first.token);
	expect(await names(anew)).toEqual(before.filter((name: string) => name !== 'Mine'));
});
