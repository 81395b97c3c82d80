import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const stores = {'Campus study': {weather: {'a.tar.gz': 'x'.repeat(1_204), '.env': ''}}};

test('shows everything about a file, sizes and times readable and exact', async () => {
	const exchange = memoryExchange(stores);
	const {screen} = await runCommands('stat weather/a.tar.gz', {exchange});
	expect(screen.map(line => line.replace(/(modified +).*(\(.*)/, '$1$2'))).toEqual(
		[
			'name       a.tar.gz',
			'path       Campus study:/weather/a.tar.gz',
			'type       FILE',
			'size       1.2 kB (1,204 bytes)',
			'modified   (2026-11-02T17:40:11.000Z)',
			'content    ·',
			'description  ·',
			'confirmed  true',
			'owner      user.1',
			'id         dataStoreFileId.4',
			'directory  dataStoreDirectoryId.3',
			'store      dataStoreId.1',
		].map(line => line.replace(/^(\w+) +/, (_, label: string) => label.padEnd(13))),
	);
	expect(exchange.requests.filter(request => request.startsWith('getFile'))).toHaveLength(1);
});

test('shows directories, and the store at its root; several at once', async () => {
	const {outputs, text} = await runCommands('stat --json weather / weather/.env', {
		exchange: memoryExchange(stores),
	});
	expect(outputs).toHaveLength(3);
	const [directory, store, file] = text
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	expect(directory).toMatchObject({objectType: 'DIRECTORY', name: 'weather', path: 'Campus study:/weather'});
	expect(store).toMatchObject({
		name: 'Campus study',
		path: 'Campus study:/',
		homeDirectoryId: 'dataStoreDirectoryId.2',
	});
	expect(file).toMatchObject({objectType: 'FILE', name: '', fileExtension: 'env', storageSizeBytes: 0});
});

test('in a pipe is a name and a raw value a line', async () => {
	const {text} = await runCommands('stat weather/a.tar.gz', {exchange: memoryExchange(stores)});
	expect(text).toContain('name\ta.tar.gz\n');
	expect(text).toContain('size\t1204\n');
});

test('a missing name is an error that says where', async () => {
	const {screen, status} = await runCommands('stat weather/b', {exchange: memoryExchange(stores)});
	expect(screen[0]).toMatch(/^stat: weather\/b: no such file or directory in \/weather/);
	expect(status).toBe(1);
});
