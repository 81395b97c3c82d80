import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {open, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {connectExchange} from '../../src/exchange/connect.ts';
import {inTurn, megabytes, type Row, timeProcess, times} from './measure.ts';
import {program, startBench} from './program.ts';

const gigabyte = 1_000_000_000;
const rounds = 3;

/** Downloading a large file beside `curl` of the same file. */
export async function rows(): Promise<Row[]> {
	const bench = await startBench();
	const exchange = connectExchange(bench);
	try {
		const [store] = await exchange.listDataStores();
		const file = await exchange.upload({
			dataStoreId: store!.dataStoreId,
			dataStoreDirectoryId: store!.homeDirectoryId!,
			fileName: 'large.bin',
			size: gigabyte,
			body: randomBytes,
		});
		const target = path.join(bench.directory, 'large.bin');
		const id = `id:${file.dataStoreFileId}`;
		const peaks: number[] = [];
		const get = async () => {
			await rm(target, {force: true});
			const start = performance.now();
			peaks.push(await peakMemory([program, '-c', `get ${id} -o '${target}'`], bench.environment));
			return performance.now() - start;
		};
		const curl = async () => {
			await rm(target, {force: true});
			const url = await downloadUrl(bench, file.dataStoreFileId);
			return timeProcess('curl', ['--silent', '--fail', '--output', target, url]);
		};
		const idle = await peakMemory([program, '-c', 'pwd'], bench.environment);
		const duration = await inTurn(rounds, {get, curl});
		return [
			{
				what: '`get` of 1 GB ÷ `curl` of its URL',
				value: `${times(duration.get / duration.curl)} (${(gigabyte / duration.get / 1000).toFixed(0)} MB/s)`,
				goal: '≤ 1.3',
			},
			{
				what: '`get` of 1 GB, peak memory above `pwd`',
				value: megabytes(Math.max(...peaks) - idle),
				goal: '≤ 64 MB',
			},
		];
	} finally {
		exchange.close();
		await bench.close();
	}
}

async function* randomBytes(): AsyncGenerator<Uint8Array> {
	const source = await open('/dev/urandom');
	try {
		const chunk = Buffer.alloc(1_000_000);
		await source.read(chunk, 0, chunk.length);
		for (let sent = 0; sent < gigabyte; sent += chunk.length) yield chunk;
	} finally {
		await source.close();
	}
}

async function downloadUrl(
	{endpoint, token}: {endpoint: string; token: string},
	dataStoreFileId: string,
): Promise<string> {
	const answer = await fetch(endpoint, {
		method: 'POST',
		headers: {authorization: token, 'content-type': 'application/json'},
		body: JSON.stringify({
			query: 'query ($id: ID!) {storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}',
			variables: {id: dataStoreFileId},
		}),
	});
	const {data} = (await answer.json()) as {data: {storage_getDataStoreFileDownloadUrl: {url: string}}};
	return data.storage_getDataStoreFileDownloadUrl.url;
}

/** Highest resident memory of a program of ours, in bytes, as Linux counts it. */
async function peakMemory(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
	const child = spawn(process.execPath, args, {env: environment, stdio: ['ignore', 'ignore', 'inherit']});
	let peak = 0;
	const sample = setInterval(async () => {
		const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
		peak = Math.max(peak, Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024);
	}, 10);
	const [code] = await once(child, 'exit');
	clearInterval(sample);
	if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
	return peak;
}
