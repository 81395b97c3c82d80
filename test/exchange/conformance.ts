import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ErrorCode, ShellError} from '../../src/shell/errors.ts';
import {entryName} from '../../src/shell/paths.ts';
import type {Download, Exchange, FileEntry} from '../../src/shell/ports.ts';

/** An Exchange to be tested, and a directory on it that the tests may fill and empty. */
export type Subject = {
	/** A client with a cache of its own for each call, all of the same Exchange. */
	readonly connect: () => Exchange;
	readonly dataStoreId: string;
	/** Empty at first. */
	readonly dataStoreDirectoryId: string;
	/** HTTP requests that have reached the Exchange so far, where it can be asked. */
	readonly requests?: () => number;
	readonly close: () => Promise<void>;
};

const bytes = (text: string) => new TextEncoder().encode(text);

async function* once(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
	yield chunk;
}

async function text({body}: Download): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

/** The code a call fails with, or what it answered instead. */
async function codeOf(call: Promise<unknown>): Promise<ErrorCode | unknown> {
	return call.then(
		answer => answer,
		(error: ShellError) => error.code,
	);
}

/** The contract of the Exchange port. */
export function exchangeConformance(name: string, open: () => Promise<Subject>): void {
	describe(`Exchange contract: ${name}`, () => {
		let subject: Subject;
		let exchange: Exchange;
		let root: string;

		beforeAll(async () => {
			subject = await open();
			exchange = subject.connect();
			root = subject.dataStoreDirectoryId;
		}, 60_000);
		afterAll(async () => {
			exchange?.close();
			await subject?.close();
		});

		const makeDirectory = (name: string, parentDirectoryId = root) =>
			exchange.createDirectory({dataStoreId: subject.dataStoreId, parentDirectoryId, name});
		const put = (fileName: string, content: string, dataStoreDirectoryId = root, description?: string) =>
			exchange.upload({
				dataStoreId: subject.dataStoreId,
				dataStoreDirectoryId,
				fileName,
				size: bytes(content).length,
				body: () => once(bytes(content)),
				...(description !== undefined && {description}),
			});
		const names = async (directoryId: string, from = exchange) =>
			(await from.listDirectory(directoryId, {maxAge: 0})).entries.map(entryName).sort();
		const missing = 'dataStoreFileId.00000000-0000-0000-0000-000000000000';
		const missingDirectory = 'dataStoreDirectoryId.00000000-0000-0000-0000-000000000000';

		test('says whose token it is, and lists the stores that token sees', async () => {
			expect((await exchange.user()).userId).toEqual(expect.any(String));
			const stores = await exchange.listDataStores();
			const store = stores.find(({dataStoreId}) => dataStoreId === subject.dataStoreId);
			expect(store).toEqual({
				dataStoreId: subject.dataStoreId,
				name: expect.any(String),
				description: store?.description,
				ownerUserId: store?.ownerUserId,
				homeDirectoryId: store?.homeDirectoryId,
			});
		});

		test('a new directory is listed at once, is empty, and knows its parent', async () => {
			const made = await makeDirectory('measured "2026"\tüñí');
			expect(made).toEqual({
				objectType: 'DIRECTORY',
				dataStoreDirectoryId: made.dataStoreDirectoryId,
				name: 'measured "2026"\tüñí',
			});
			expect((await exchange.listDirectory(root)).entries).toContainEqual(made);
			expect((await exchange.listDirectory(made.dataStoreDirectoryId)).entries).toEqual([]);
			expect(await exchange.getDirectory(made.dataStoreDirectoryId)).toMatchObject({
				...made,
				dataStoreId: subject.dataStoreId,
				parentDirectoryId: root,
			});
		});

		test('a directory is renamed, moved and deleted with everything in it', async () => {
			const from = await makeDirectory('from');
			const to = await makeDirectory('to');
			const inner = await makeDirectory('inner', from.dataStoreDirectoryId);
			await put('deep.txt', 'deep', inner.dataStoreDirectoryId);
			const {dataStoreDirectoryId} = inner;
			const moved = await exchange.updateDirectory({
				dataStoreDirectoryId,
				from: from.dataStoreDirectoryId,
				to: to.dataStoreDirectoryId,
				name: 'moved',
			});
			expect(moved).toEqual({objectType: 'DIRECTORY', dataStoreDirectoryId, name: 'moved'});
			expect(await names(from.dataStoreDirectoryId)).toEqual([]);
			expect(await names(to.dataStoreDirectoryId)).toEqual(['moved']);
			expect(await names(dataStoreDirectoryId)).toEqual(['deep.txt']);
			await exchange.deleteDirectory({dataStoreDirectoryId: to.dataStoreDirectoryId, from: root});
			expect(await names(root)).not.toContain('to');
			expect(await codeOf(exchange.listDirectory(to.dataStoreDirectoryId))).toBe('not-found');
		});

		test.each([
			['notes.txt', {name: 'notes', fileExtension: 'txt'}],
			['a.tar.gz', {name: 'a', fileExtension: 'tar.gz'}],
			['.gitignore', {name: '', fileExtension: 'gitignore'}],
			['it\'s "quoted"\nand ünïcode 𝔘.csv', {name: 'it\'s "quoted"\nand ünïcode 𝔘', fileExtension: 'csv'}],
		])('an uploaded %j comes back as it was sent', async (fileName, parts) => {
			const content = `content of ${fileName}`;
			const file = await put(fileName, content);
			expect(file).toMatchObject({
				objectType: 'FILE',
				...parts,
				storageSizeBytes: bytes(content).length,
				s3ConfirmedUpload: true,
			});
			const download = await exchange.download({dataStoreFileId: file.dataStoreFileId});
			expect(download.size).toBe(bytes(content).length);
			expect(await text(download)).toBe(content);
			expect(await names(root, subject.connect())).toContain(fileName);
		});

		test('a name without a dot has no extension', async () => {
			expect((await put('LICENSE', 'MIT')).fileExtension ?? '').toBe('');
			expect(await names(root)).toContain('LICENSE');
		});

		test('an empty file can be uploaded and read', async () => {
			const file = await put('empty.txt', '');
			expect(file).toMatchObject({storageSizeBytes: 0, s3ConfirmedUpload: true});
			const download = await exchange.download({dataStoreFileId: file.dataStoreFileId});
			expect([download.size, await text(download)]).toEqual([0, '']);
			const beginning = await exchange.download({dataStoreFileId: file.dataStoreFileId, length: 10});
			expect(await text(beginning)).toBe('');
		});

		test('an upload reports the bytes it has sent', async () => {
			const sent: number[] = [];
			await exchange.upload({
				dataStoreId: subject.dataStoreId,
				dataStoreDirectoryId: root,
				fileName: 'progress.bin',
				size: 30,
				body: async function* () {
					for (let part = 0; part < 3; part++) yield new Uint8Array(10);
				},
				onProgress: count => sent.push(count),
			});
			expect(sent).toEqual([10, 20, 30]);
		});

		test('part of a file can be read, also beyond its end', async () => {
			const {dataStoreFileId} = await put('digits.txt', '0123456789');
			const part = async (offset?: number, length?: number) => {
				const download = await exchange.download({dataStoreFileId, offset, length});
				const content = await text(download);
				expect(download.size).toBe(content.length);
				return content;
			};
			expect(await part(3)).toBe('3456789');
			expect(await part(3, 4)).toBe('3456');
			expect(await part(0, 2)).toBe('01');
			expect(await part(8, 100)).toBe('89');
			expect(await part(0, 0)).toBe('');
			expect(await part(10)).toBe('');
		});

		test('two files may have one name; their ids tell them apart', async () => {
			const first = await put('twice.csv', 'first');
			const second = await put('twice.csv', 'second');
			expect(first.dataStoreFileId).not.toBe(second.dataStoreFileId);
			expect((await names(root)).filter(name => name === 'twice.csv')).toHaveLength(2);
			await exchange.deleteFile({dataStoreFileId: first.dataStoreFileId, from: root});
			expect(await text(await exchange.download(second))).toBe('second');
		});

		test('a file is renamed without its extension, described and moved', async () => {
			const file = await put('old.csv', 'a,b', root, 'as uploaded');
			const {dataStoreFileId} = file;
			expect((await exchange.getFile(dataStoreFileId)).description).toBe('as uploaded');
			const renamed = await exchange.updateFile({dataStoreFileId, from: root, name: 'new'});
			expect(renamed).toMatchObject({objectType: 'FILE', dataStoreFileId, name: 'new', fileExtension: 'csv'});
			await exchange.updateFile({dataStoreFileId, from: root, description: 'two columns'});
			const shelf = await makeDirectory('shelf');
			await exchange.updateFile({dataStoreFileId, from: root, to: shelf.dataStoreDirectoryId});
			expect(await exchange.getFile(dataStoreFileId)).toMatchObject({
				name: 'new',
				description: 'two columns',
				dataStoreDirectoryId: shelf.dataStoreDirectoryId,
				dataStoreId: subject.dataStoreId,
			});
			expect(await names(shelf.dataStoreDirectoryId)).toEqual(['new.csv']);
			expect(await names(root)).not.toContain('new.csv');
		});

		test('several objects are had as one zip archive', async () => {
			const file = await put('zipped.txt', 'in the archive');
			const directory = await makeDirectory('zipped');
			await put('inner.txt', 'also', directory.dataStoreDirectoryId);
			const {body} = await exchange.downloadZip([
				{objectType: 'FILE', dataStoreFileId: file.dataStoreFileId},
				{objectType: 'DIRECTORY', dataStoreDirectoryId: directory.dataStoreDirectoryId},
			]);
			const chunks: Uint8Array[] = [];
			for await (const chunk of body) chunks.push(chunk);
			expect(Buffer.concat(chunks).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
		});

		describe('what is not there', () => {
			test.each<[string, () => Promise<unknown>]>([
				['getFile', () => exchange.getFile(missing)],
				['getDirectory', () => exchange.getDirectory(missingDirectory)],
				['listDirectory', () => exchange.listDirectory(missingDirectory)],
				['download', () => exchange.download({dataStoreFileId: missing})],
				['deleteFile', () => exchange.deleteFile({dataStoreFileId: missing, from: root})],
				['updateFile', () => exchange.updateFile({dataStoreFileId: missing, from: root, name: 'x'})],
			])('%s says not-found', async (_method, call) => {
				expect(await codeOf(call())).toBe('not-found');
			});
		});

		describe('the cache', () => {
			/** Requests that `work` has cost; 0 where the Exchange cannot be asked. */
			const cost = async (work: () => Promise<unknown>) => {
				const before = subject.requests?.() ?? 0;
				await work();
				return (subject.requests?.() ?? 0) - before;
			};

			test('a listing is asked for once while it is fresh, and again with maxAge 0', async () => {
				const other = subject.connect();
				expect(other.cachedListing(root)).toBeUndefined();
				const listing = await other.listDirectory(root);
				expect(await cost(async () => expect(await other.listDirectory(root)).toBe(listing))).toBe(0);
				expect(other.cachedListing(root)).toBe(listing);
				const asked = await cost(() => other.listDirectory(root, {maxAge: 0}));
				expect(asked).toBe(subject.requests ? 1 : 0);
			});

			test('the same answer again is the same listing, only younger', async () => {
				const other = subject.connect();
				const listing = await other.listDirectory(root);
				const {fetchedAt} = listing;
				const again = await other.listDirectory(root, {maxAge: 0});
				expect(again).toBe(listing);
				expect(again.fetchedAt).toBeGreaterThanOrEqual(fetchedAt);
			});

			test('concurrent readers share one request, and one leaving does not disturb the others', async () => {
				const other = subject.connect();
				const leaving = new AbortController();
				const asked = await cost(async () => {
					const left = codeOf(other.listDirectory(root, {signal: leaving.signal}));
					const staying = [other.listDirectory(root), other.listDirectory(root)];
					leaving.abort();
					expect(await left).toBe('cancelled');
					const [first, second] = await Promise.all(staying);
					expect(first).toBe(second);
				});
				expect(asked).toBe(subject.requests ? 1 : 0);
			});

			test('own writes are in the cached listing without another request, other rows untouched', async () => {
				const directory = await makeDirectory('cached');
				const id = directory.dataStoreDirectoryId;
				const kept = await put('kept.txt', 'kept', id);
				const other = subject.connect();
				const [row] = (await other.listDirectory(id)).entries;
				const cached = () => other.cachedListing(id)?.entries.map(entryName);
				const upload = async (fileName: string) =>
					other.upload({
						dataStoreId: subject.dataStoreId,
						dataStoreDirectoryId: id,
						fileName,
						size: 1,
						body: () => once(bytes('x')),
					});
				const {dataStoreFileId} = await upload('new.txt');
				expect(cached()).toEqual(['kept.txt', 'new.txt']);
				await other.updateFile({dataStoreFileId, from: id, name: 'renamed'});
				expect(cached()).toEqual(['kept.txt', 'renamed.txt']);
				const made = await other.createDirectory({
					dataStoreId: subject.dataStoreId,
					parentDirectoryId: id,
					name: 'sub',
				});
				await other.updateFile({dataStoreFileId, from: id, to: made.dataStoreDirectoryId});
				expect(cached()).toEqual(['kept.txt', 'sub']);
				expect(other.cachedListing(made.dataStoreDirectoryId)?.entries.map(entryName)).toEqual([
					'renamed.txt',
				]);
				await other.updateDirectory({
					dataStoreDirectoryId: made.dataStoreDirectoryId,
					from: id,
					name: 'sub2',
				});
				expect(cached()).toEqual(['kept.txt', 'sub2']);
				await other.deleteDirectory({dataStoreDirectoryId: made.dataStoreDirectoryId, from: id});
				expect(cached()).toEqual(['kept.txt']);
				expect(other.cachedListing(id)?.entries[0]).toBe(row);
				expect(row).toEqual(kept);
				expect(await cost(() => other.listDirectory(id))).toBe(0);
			});

			test('what others write is seen after forget', async () => {
				const other = subject.connect();
				await other.listDirectory(root);
				await put('by another.txt', 'x');
				const isThere = (entries: readonly unknown[]) =>
					entries.map(entry => entryName(entry as FileEntry)).includes('by another.txt');
				expect(isThere((await other.listDirectory(root)).entries)).toBe(false);
				other.forget();
				expect(other.cachedListing(root)).toBeUndefined();
				expect(isThere((await other.listDirectory(root)).entries)).toBe(true);
			});

			test('user and stores are asked for once while they are fresh', async () => {
				const other = subject.connect();
				await Promise.all([other.user(), other.listDataStores()]);
				const asked = await cost(() => Promise.all([other.user(), other.listDataStores()]));
				expect(asked).toBe(0);
			});
		});

		describe('cancelling', () => {
			const aborted = AbortSignal.abort();
			test.each<[string, () => Promise<unknown>]>([
				['user', () => exchange.user({signal: aborted, maxAge: 0})],
				['listDataStores', () => exchange.listDataStores({signal: aborted})],
				['listDirectory', () => exchange.listDirectory(root, {signal: aborted})],
				['getFile', () => exchange.getFile(missing, {signal: aborted})],
				['deleteFile', () => exchange.deleteFile({dataStoreFileId: missing, from: root}, {signal: aborted})],
				['download', () => exchange.download({dataStoreFileId: missing}, {signal: aborted})],
			])('%s asks nothing when already cancelled', async (_method, call) => {
				const before = subject.requests?.();
				expect(await codeOf(call())).toBe('cancelled');
				expect(subject.requests?.()).toBe(before);
			});

			test('a cancelled upload leaves no record', async () => {
				const stop = new AbortController();
				const directory = await makeDirectory('cancelled');
				const upload = exchange.upload(
					{
						dataStoreId: subject.dataStoreId,
						dataStoreDirectoryId: directory.dataStoreDirectoryId,
						fileName: 'half.bin',
						size: 2,
						body: async function* () {
							yield new Uint8Array(1);
							stop.abort();
							yield new Uint8Array(1);
						},
					},
					{signal: stop.signal},
				);
				expect(await codeOf(upload)).toBe('cancelled');
				expect(await names(directory.dataStoreDirectoryId)).toEqual([]);
			});

			test('a cancelled download ends with it', async () => {
				const {dataStoreFileId} = await put('long.txt', 'x'.repeat(100_000));
				const stop = new AbortController();
				const {body} = await exchange.download({dataStoreFileId}, {signal: stop.signal});
				stop.abort();
				expect(await codeOf(text({size: null, body}))).toBe('cancelled');
			});
		});

		test('nothing is in flight when all is answered', () => {
			expect(exchange.inFlight()).toBe(0);
		});
	});
}
