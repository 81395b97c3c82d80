import {type ChildProcess, spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openEngine} from '../../../src/local-exchange/timestream/engine.ts';

const kills = 8;
const batchSize = 50;
const timeSeriesDbId = 'timeSeriesDbId.1';

let directory: string;
let child: ChildProcess | undefined;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-engine-kill-'));
});
afterEach(() => {
	child?.kill('SIGKILL');
	rmSync(directory, {recursive: true, force: true});
});

const module = fileURLToPath(new URL('../../../src/local-exchange/timestream/engine.ts', import.meta.url));
/** Writes batches, two under way at a time; now and then a new column comes. Says `N` when batch N is acknowledged. */
const program = `
const [module, file, from] = process.argv.slice(1);
const {openEngine} = await import(module);
const engine = await openEngine({file});
const timeSeriesDbId = '${timeSeriesDbId}';
await engine.createDatabase({timeSeriesDbId, databaseName: 'd', tableName: 't'});
const write = async number => {
	const extra = number % 10 === 0 ? [{name: 'extra' + number, type: 'BOOLEAN', value: 'true'}] : [];
	const records = Array.from({length: ${batchSize}}, (_, index) => ({
		dimensions: {assetId: 'a' + index},
		measureName: 'm' + (number % 3),
		time: BigInt(number),
		version: 1n,
		multi: true,
		values: [{name: 'batch', type: 'BIGINT', value: String(number)}, ...extra],
	}));
	const rejected = await engine.write(timeSeriesDbId, records);
	if (rejected.length > 0) throw new Error(rejected[0].reason);
	process.stdout.write(number + '\\n');
};
for (let number = Number(from); ; number += 2) await Promise.all([write(number), write(number + 1)]);
`;

test('killed while it writes, again and again, it keeps what it acknowledged and shows no half', async () => {
	const file = join(directory, 'series.duckdb');
	const acknowledged = new Set<number>();
	let next = 1;
	for (let round = 0; round < kills; round++) {
		const writer = spawn(process.execPath, [
			'--input-type=module',
			'-e',
			program,
			module,
			file,
			String(next),
		]);
		child = writer;
		let errors = '';
		writer.stderr.setEncoding('utf8').on('data', text => {
			errors += text;
		});
		const ended = once(writer, 'close');
		let left = randomInt(1, 30);
		for await (const line of createInterface(writer.stdout)) {
			acknowledged.add(Number(line));
			if (--left === 0) writer.kill('SIGKILL');
		}
		const [, signal] = await ended;
		expect(signal, errors).toBe('SIGKILL');

		const engine = await openEngine({file});
		const {relation} = (await engine.table(timeSeriesDbId))!;
		const connection = await engine.connect();
		const counts = await connection.runAndReadAll(`SELECT batch, count(*) FROM ${relation} GROUP BY batch`);
		const rows = counts.getRows().map(([batch, count]) => [Number(batch), Number(count)] as const);
		expect(rows.filter(([, count]) => count !== batchSize)).toEqual([]);
		const stored = new Set(rows.map(([batch]) => batch));
		expect([...acknowledged].filter(batch => !stored.has(batch))).toEqual([]);
		const newest = await connection.runAndReadAll(
			`SELECT max(batch) FROM ${relation} WHERE "assetId" = 'a7'`,
		);
		const latest = (await engine.lastValues(timeSeriesDbId)).find(
			({assetId, attribute}) => assetId === 'a7' && attribute === 'batch',
		);
		expect(latest?.value).toBe(String(newest.getRows()[0]?.[0]));
		connection.closeSync();
		await engine.close();
		for (const batch of stored) acknowledged.add(batch);
		next = Math.max(...stored) + 1;
	}
}, 300_000);
