import {beforeEach, describe, expect, test} from 'vitest';
import type {ShellError} from '../../src/shell/errors.ts';
import {entryName} from '../../src/shell/paths.ts';
import {
	entryResolver,
	resolveDirectory,
	resolveEntry,
	resolveNew,
	resolveStore,
	rootOf,
} from '../../src/shell/resolve.ts';
import {fullPath, pathOf, reduceSession, type Session} from '../../src/shell/session.ts';
import {type MemoryExchange, memoryExchange} from '../support/memory-exchange.ts';

let exchange: MemoryExchange;
let session: Session;
const {signal} = new AbortController();
const where = () => ({exchange, session, signal});

beforeEach(async () => {
	exchange = memoryExchange({
		'Campus study': {
			weather: {'hour 1.csv': '1', deep: {'x.txt': 'x'}},
			'readme.txt': 'hello',
			'a:': {'in.txt': ''},
			twin: {},
		},
		Twice: {},
		'Read me': {'other.txt': 'o'},
	});
	session = {location: undefined, previous: undefined, database: undefined, localDirectory: '/', status: 0};
	const store = await resolveStore(where(), 'Campus study');
	session = reduceSession(session, {type: 'go', location: rootOf(store)});
	exchange.requests.length = 0;
});

async function failure(promise: Promise<unknown>): Promise<ShellError> {
	return promise.then(
		() => expect.unreachable('it should have failed'),
		error => error,
	);
}

describe('directories', () => {
	test.each<[path: string, at: string]>([
		['.', 'Campus study:/'],
		['', 'Campus study:/'],
		['/', 'Campus study:/'],
		['~', 'Campus study:/'],
		['..', 'Campus study:/'],
		['weather', 'Campus study:/weather'],
		['weather/', 'Campus study:/weather'],
		['~/weather/deep/', 'Campus study:/weather/deep'],
		['weather/deep/../../weather', 'Campus study:/weather'],
		['Campus study:/weather', 'Campus study:/weather'],
		['Read me:', 'Read me:/'],
		['./a:', 'Campus study:/a:'],
	])('%j is %s', async (path, at) => {
		expect(fullPath(await resolveDirectory(where(), path))).toBe(at);
	});

	test('one request for each directory looked into, none the second time', async () => {
		await resolveDirectory(where(), 'weather/deep');
		expect(exchange.requests).toHaveLength(2);
		await resolveDirectory(where(), '/weather/deep/..');
		expect(exchange.requests).toHaveLength(2);
	});

	test('an id leads there through its parents, and knows its trail', async () => {
		const id = exchange.directoryId('Campus study:/weather/deep');
		const location = await resolveDirectory(where(), `id:${id}`);
		expect(fullPath(location)).toBe('Campus study:/weather/deep');
		expect(pathOf(await resolveDirectory(where(), `id:${id}/..`))).toBe('/weather');
		session = {...session, location: undefined};
		expect(fullPath(await resolveDirectory(where(), `id:${id}`))).toBe('Campus study:/weather/deep');
	});

	test('a store by id', async () => {
		const {dataStoreId} = await resolveStore(where(), 'Read me');
		expect(fullPath(await resolveDirectory(where(), `id:${dataStoreId}:/`))).toBe('Read me:/');
		expect((await resolveEntry(where(), `id:${dataStoreId}:/other.txt`)).entry).toBeDefined();
	});

	test('a store whose name looks like the id of another is not taken for it', async () => {
		const {dataStoreId} = await resolveStore(where(), 'Twice');
		const [first, ...rest] = await exchange.listDataStores();
		const listDataStores = async () => [{...first!, name: `id:${dataStoreId}`}, ...rest];
		const found = await resolveStore(
			{...where(), exchange: {...exchange, listDataStores}},
			`id:${dataStoreId}`,
		);
		expect(found.name).toBe('Twice');
	});

	test('- is the previous one', async () => {
		expect(await failure(resolveDirectory(where(), '-'))).toMatchObject({code: 'usage'});
		session = reduceSession(session, {type: 'go', location: await resolveDirectory(where(), 'weather')});
		expect(pathOf(await resolveDirectory(where(), '-'))).toBe('/');
	});

	test.each<[path: string, code: string, message: string, hint?: string]>([
		['wether', 'not-found', 'wether: no such directory in /', 'did you mean weather?'],
		[
			'weather/deap/x',
			'not-found',
			'weather/deap/x: deap: no such directory in /weather',
			'did you mean deep?',
		],
		['weather/deap', 'not-found', 'weather/deap: no such directory in /weather', 'did you mean deep?'],
		['weat', 'not-found', 'weat: no such directory in /', 'did you mean weather?'],
		['zzz', 'not-found', 'zzz: no such directory in /', 'try `ls`'],
		['weather/zzz', 'not-found', 'weather/zzz: no such directory in /weather', 'try `ls /weather`'],
		['Read me:/zzz', 'not-found', 'Read me:/zzz: no such directory in /', "try `ls 'Read me:/'`"],
		['readme.txt', 'not-a-directory', 'readme.txt: a file, not a directory'],
		['readme.txt/x', 'not-a-directory', 'readme.txt/x: readme.txt: a file, not a directory'],
		['Campus stud:/', 'not-found', 'Campus stud: no such data store', 'did you mean Campus study?'],
		['id:nonsense', 'usage', 'id:nonsense: not the id of a data store, directory or file'],
	])('%s fails as %s', async (path, code, message, hint) => {
		const error = await failure(resolveDirectory(where(), path));
		expect(error).toMatchObject({code, message, ...(hint && {hint})});
	});

	test('without a store only absolute places work', async () => {
		session = {...session, location: undefined};
		expect(await failure(resolveDirectory(where(), 'weather'))).toMatchObject({
			code: 'usage',
			message: 'no data store is selected',
		});
		expect(fullPath(await resolveDirectory(where(), 'Campus study:/weather'))).toBe('Campus study:/weather');
	});
});

describe('entries', () => {
	test('a file and the directory that holds it', async () => {
		const {entry, location, path} = await resolveEntry(where(), 'weather/hour 1.csv');
		expect(entry && entryName(entry)).toBe('hour 1.csv');
		expect([pathOf(location), path]).toEqual(['/weather', 'weather/hour 1.csv']);
	});

	test('a root has no entry, other directories do, however they are named', async () => {
		expect((await resolveEntry(where(), '/')).entry).toBeUndefined();
		expect((await resolveEntry(where(), 'weather/..')).entry).toBeUndefined();
		expect(await resolveEntry(where(), 'weather/deep/..')).toMatchObject({entry: {name: 'weather'}});
		expect(await resolveEntry(where(), 'weather/')).toMatchObject({entry: {name: 'weather'}});
	});

	test('a trailing slash wants a directory', async () => {
		expect(await failure(resolveEntry(where(), 'readme.txt/'))).toMatchObject({code: 'not-a-directory'});
	});

	test('of two files of one name none is taken: their ids are listed', async () => {
		const root = exchange.directoryId('Campus study:/');
		const second = exchange.addFile(root, 'readme.txt', 'again');
		const error = await failure(resolveEntry(where(), 'readme.txt'));
		expect(error).toMatchObject({
			code: 'ambiguous',
			message: 'readme.txt is ambiguous in /: 2 files bear that name. Name one by id:',
		});
		expect(error.details).toHaveLength(2);
		expect(error.details[1]).toMatch(new RegExp(`^id:${second}  5 B  [23] Nov `));
		const target = await resolveEntry(where(), `id:${second}`);
		expect(target).toMatchObject({entry: {dataStoreFileId: second}});
		expect(pathOf(target.location)).toBe('/');
	});

	test('a file and a directory of one name: the slash decides', async () => {
		exchange.addFile(exchange.directoryId('Campus study:/'), 'twin');
		expect(await failure(resolveEntry(where(), 'twin'))).toMatchObject({code: 'ambiguous'});
		expect(await resolveEntry(where(), 'twin/')).toMatchObject({entry: {objectType: 'DIRECTORY'}});
		expect(pathOf(await resolveDirectory(where(), 'twin'))).toBe('/twin');
	});

	test('a file by id, elsewhere', async () => {
		const [id] = exchange.idsOf('Campus study:/weather/deep', 'x.txt');
		const {location, entry} = await resolveEntry(where(), `id:${id}`);
		expect([pathOf(location), entry && entryName(entry)]).toEqual(['/weather/deep', 'x.txt']);
	});

	test('a name that came since the listing is found: one more request, on failure only', async () => {
		await resolveEntry(where(), 'readme.txt');
		exchange.addFile(exchange.directoryId('Campus study:/'), 'new.txt');
		expect((await resolveEntry(where(), 'new.txt')).entry).toBeDefined();
		expect(exchange.requests).toHaveLength(2);
	});

	test('an id that leads nowhere is called as it was typed', async () => {
		for (const [path, message] of [
			['id:dataStoreFileId.x', 'no such file'],
			['id:dataStoreDirectoryId.x', 'no such directory'],
			['id:dataStoreDirectoryId.x/a', 'no such directory'],
		] as const) {
			const error = await failure(resolveEntry(where(), path));
			expect([error.code, error.message]).toEqual(['not-found', `${path}: ${message}`]);
		}
	});

	test('a directory that has gone since it was listed is called by its path', async () => {
		const deep = await resolveDirectory(where(), 'weather/deep');
		await exchange.connect().deleteDirectory({
			dataStoreDirectoryId: exchange.directoryId('Campus study:/weather/deep'),
			from: exchange.directoryId('Campus study:/weather'),
		});
		session = reduceSession(session, {type: 'go', location: deep});
		const error = await failure(resolveEntry(where(), 'x.txt', {maxAge: 0}));
		expect([error.code, error.message]).toEqual(['not-found', '/weather/deep: no such directory any more']);
	});

	test('an aborted signal ends it', async () => {
		const aborted = {...where(), signal: AbortSignal.abort()};
		expect(await failure(resolveEntry(aborted, 'readme.txt'))).toMatchObject({code: 'cancelled'});
	});
});

describe('many paths', () => {
	const paths = [
		'weather/hour 1.csv',
		'weather/deep',
		'weather/deep/',
		'weather/..',
		'weather/',
		'readme.txt',
		'twin',
		'./twin',
		'../twin',
		'twin/nope',
		'nope',
		'./a:',
		'a:',
		'.',
		'/',
		'~',
		'/weather',
		'Read me:/other.txt',
		'Read me:',
		'',
	];

	test('mean what they mean one by one, in any order', async () => {
		const root = exchange.directoryId('Campus study:/');
		exchange.addFile(root, 'readme.txt');
		const told = (path: string, resolve: (path: string) => Promise<object>) =>
			resolve(path).catch((error: ShellError) => error.message);
		const alone = new Map<string, unknown>();
		for (const path of paths) alone.set(path, await told(path, each => resolveEntry(where(), each)));
		for (const order of [paths, paths.toReversed(), paths.flatMap(path => ['twin', path, 'weather/deep'])]) {
			const resolve = entryResolver(where());
			for (const path of order) expect(await told(path, resolve), path).toEqual(alone.get(path));
		}
	});

	test('beside each other are looked up in one listing', async () => {
		let looks = 0;
		const counting = {
			...where(),
			exchange: {
				...exchange,
				listDirectory: (...call: Parameters<typeof exchange.listDirectory>) => {
					looks++;
					return exchange.listDirectory(...call);
				},
			},
		};
		const resolve = entryResolver(counting);
		await resolve('weather/deep');
		looks = 0;
		await resolve('weather/hour 1.csv');
		await resolve('weather/deep');
		expect(looks).toBe(0);
	});
});

describe('new names', () => {
	test('where it will be and what is there', async () => {
		expect(await resolveNew(where(), 'weather/new.csv')).toMatchObject({name: 'new.csv', existing: []});
		const {name, existing, location} = await resolveNew(where(), 'Read me:/other.txt');
		expect([name, existing.length, fullPath(location)]).toEqual(['other.txt', 1, 'Read me:/']);
		expect(await resolveNew(where(), 'dir/')).toMatchObject({name: 'dir'});
	});

	test.each<[path: string, code: string]>([
		['', 'usage'],
		['/', 'exists'],
		['.', 'exists'],
		['weather/..', 'exists'],
		['Read me:', 'exists'],
		['id:dataStoreFileId.1', 'usage'],
		['nowhere/x', 'not-found'],
		['readme.txt/x', 'not-a-directory'],
	])('%j fails as %s', async (path, code) => {
		expect(await failure(resolveNew(where(), path))).toMatchObject({code});
	});
});
