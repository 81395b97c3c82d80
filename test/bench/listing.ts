import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {print} from 'graphql';
import {connectExchange} from '../../src/exchange/connect.ts';
import {ListDirectoryDocument} from '../../src/exchange/operations/generated.ts';
import {startLocalExchange} from '../../src/local-exchange/server.ts';
import {inTurn, median, milliseconds, type Row, times} from './measure.ts';
import {type Bench, startBench} from './program.ts';
import {largeDirectory} from './sample.ts';
import {openShell} from './shell.ts';

const rounds = 15;

/** `ls` of the large directory: beside a bare fetch of the same answer, from the cache, and in requests. */
export async function rows(): Promise<Row[]> {
	const bench = await startBench();
	try {
		const dataStoreDirectoryId = await largeDirectoryId(bench);
		const bare = async () => {
			// The connection is open in both cases.
			await post(bench, '{user_getUserSession {user {userId}}}', {});
			const start = performance.now();
			await post(bench, print(ListDirectoryDocument), {dataStoreDirectoryId});
			return performance.now() - start;
		};
		const cached: number[] = [];
		const cold = async () => {
			const shell = openShell(bench);
			await shell.run(`use '${largeDirectory.store}'`);
			await shell.run(`cd '${path.posix.dirname(largeDirectory.path)}'`);
			const name = path.posix.basename(largeDirectory.path);
			const duration = await time(() => shell.run(`ls '${name}'`));
			cached.push(await time(() => shell.run(`ls '${name}'`)));
			shell.close();
			return duration;
		};
		const duration = await inTurn(rounds, {bare, cold});
		return [
			{
				what: '`ls` of 10,000 files, cold, ÷ bare fetch and JSON.parse of the same answer',
				value: `${times(duration.cold / duration.bare)} (${milliseconds(duration.cold)})`,
				goal: '≤ 1.5',
			},
			{what: '`ls` of 10,000 files, cached', value: milliseconds(median(cached)), goal: '≤ 16 ms'},
			{
				what: 'requests to open a store, `cd` into the 10,000-file directory and `ls` it twice',
				value: String(await requestsOfVisit()),
				goal: '≤ 4',
			},
		];
	} finally {
		await bench.close();
	}
}

async function requestsOfVisit(): Promise<number> {
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-bench-'));
	const server = await startLocalExchange({directory});
	const shell = openShell(server);
	try {
		const before = server.requests();
		await shell.run(`use '${largeDirectory.store}'`);
		await shell.run(`cd '${largeDirectory.path}'`);
		await shell.run('ls');
		await shell.run('ls');
		return server.requests() - before;
	} finally {
		shell.close();
		await server.close();
		await rm(directory, {recursive: true});
	}
}

async function largeDirectoryId(bench: Bench): Promise<string> {
	const exchange = connectExchange(bench);
	const stores = await exchange.listDataStores();
	let id = stores.find(({name}) => name === largeDirectory.store)!.homeDirectoryId!;
	for (const name of largeDirectory.path.split('/').filter(Boolean)) {
		const {entries} = await exchange.listDirectory(id);
		const found = entries.find(entry => entry.objectType === 'DIRECTORY' && entry.name === name);
		if (found?.objectType !== 'DIRECTORY') throw new Error(`the sample has no ${largeDirectory.path}`);
		id = found.dataStoreDirectoryId;
	}
	exchange.close();
	return id;
}

async function time(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

async function post({endpoint, token}: Bench, query: string, variables: object): Promise<unknown> {
	const answer = await fetch(endpoint, {
		method: 'POST',
		headers: {authorization: token, 'content-type': 'application/json'},
		body: JSON.stringify({query, variables}),
	});
	return JSON.parse(await answer.text());
}
