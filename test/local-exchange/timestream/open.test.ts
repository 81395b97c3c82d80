import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {EngineFileError, openEngine} from '../../../src/local-exchange/timestream/engine.ts';

let directory: string;
let file: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-open-'));
	file = join(directory, 'series.duckdb');
});
afterEach(() => {
	vi.doUnmock('@duckdb/node-api');
	vi.resetModules();
	rmSync(directory, {recursive: true, force: true});
});

test.each([
	['a text', 'these are no time series'],
	['zeros', Buffer.alloc(20_000)],
])('%s is called damaged, and left as it is', async (_, content) => {
	writeFileSync(file, content);
	const error = await openEngine({file}).catch((error: unknown) => error);
	expect(error).toBeInstanceOf(EngineFileError);
	expect(error).toMatchObject({reason: 'damaged', message: `${file}: not a file of time series, or damaged`});
	await expect(openEngine({file})).rejects.toThrow('damaged');
});

test('a file cut short is called damaged', async () => {
	const engine = await openEngine({file});
	await engine.createDatabase({timeSeriesDbId: 'a', databaseName: 'b', tableName: 'c'});
	await engine.close();
	const {readFileSync} = await import('node:fs');
	writeFileSync(file, readFileSync(file).fill(7, 4096, 20_000));
	await expect(openEngine({file})).rejects.toMatchObject({name: 'EngineFileError', reason: 'damaged'});
});

test('a file that this process has open is busy', async () => {
	const engine = await openEngine({file});
	await expect(openEngine({file})).rejects.toMatchObject({reason: 'busy'});
	await engine.close();
	await (await openEngine({file})).close();
});

test('a file that another process has open is busy', async () => {
	const module = fileURLToPath(new URL('../../../src/local-exchange/timestream/engine.ts', import.meta.url));
	const program = `
		const {openEngine} = await import(process.argv[1]);
		const engine = await openEngine({file: process.argv[2]});
		console.log('open');
		process.stdin.on('end', () => engine.close()).resume();`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program, module, file]);
	await once(child.stdout, 'data');
	await expect(openEngine({file})).rejects.toMatchObject({
		reason: 'busy',
		message: `${file}: another process has it open`,
	});
	child.stdin.end();
	await once(child, 'close');
	await (await openEngine({file})).close();
});

test('a directory that is not there is said', async () => {
	await expect(openEngine({file: join(directory, 'no', 'x')})).rejects.toMatchObject({reason: 'unreadable'});
});

test('a file of a newer program is refused', async () => {
	await (await openEngine({file})).close();
	const {DuckDBInstance} = await import('@duckdb/node-api');
	const instance = await DuckDBInstance.create(file);
	const connection = await instance.connect();
	await connection.run('UPDATE layout.format SET version = 2');
	connection.closeSync();
	instance.closeSync();
	await expect(openEngine({file})).rejects.toThrow('written by another version of adx-shell (format 2)');
});

test('without DuckDB, EngineMissing says which package is not there', async () => {
	vi.resetModules();
	vi.doMock('@duckdb/node-api', () => {
		throw Object.assign(new Error('Cannot find package'), {code: 'ERR_MODULE_NOT_FOUND'});
	});
	const engine = await import('../../../src/local-exchange/timestream/engine.ts');
	const error = await engine.openEngine({file}).catch((error: unknown) => error);
	expect(error).toBeInstanceOf(engine.EngineMissing);
	expect((error as Error).message).toContain('@duckdb/node-api');
});
