import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createLocalFiles} from '../../../src/host/local-files.ts';
import {ShellError} from '../../../src/shell/errors.ts';
import {entryName} from '../../../src/shell/paths.ts';
import type {Exchange, LocalFiles} from '../../../src/shell/ports.ts';
import type {Tree} from '../../support/api-client.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {type Ran, runCommands} from '../../support/run.ts';

type Options = Parameters<typeof runCommands>[1];

/** A user at work: a local exchange, a local directory, and lines to type. */
export type Desk = {
	readonly server: TestExchange;
	readonly exchange: Exchange;
	readonly local: LocalFiles;
	/** The local directory, absolute. */
	readonly directory: string;
	readonly run: (lines: string | readonly string[], options?: Partial<Options>) => Promise<Said>;
	/** What is in the first store, or in the one called so: text by name, sorted; a second file of a name has ` (2)`. */
	readonly remote: (store?: string) => Promise<object>;
	/** What is in the local directory, in the same form. */
	readonly disk: () => Promise<object>;
	readonly write: (name: string, content: string | Uint8Array) => Promise<string>;
	readonly close: () => Promise<void>;
};

/** What a line said. */
export type Said = Ran & {
	readonly errors: readonly string[];
	readonly notes: readonly string[];
	readonly records: readonly Readonly<Record<string, unknown>>[];
};

export async function openDesk(stores: Readonly<Record<string, Tree>>): Promise<Desk> {
	const server = await startExchange();
	for (const [name, tree] of Object.entries(stores)) await server.addStore(name, tree);
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-desk-'));
	const local = createLocalFiles();
	const {exchange} = server;
	return {
		server,
		exchange,
		local,
		directory,
		run: async (lines, options = {}) => {
			const {session, ...rest} = options;
			const here = {localDirectory: directory, ...session};
			return said(await runCommands(lines, {exchange, local, session: here, ...rest}));
		},
		remote: async store => {
			const all = await exchange.listDataStores({maxAge: 0});
			const {homeDirectoryId} = all.find(({name}) => store === undefined || name === store)!;
			return remoteTree(exchange, homeDirectoryId!);
		},
		disk: () => diskTree(directory),
		write: async (name, content) => {
			const file = path.join(directory, name);
			await mkdir(path.dirname(file), {recursive: true});
			await writeFile(file, content);
			return file;
		},
		close: async () => {
			await server.close();
			await rm(directory, {recursive: true, force: true});
		},
	};
}

export function said(ran: Ran): Said {
	const errors = ran.outputs.flatMap(output =>
		output.kind === 'error'
			? [`${output.error.message}${output.error.hint ? ` (${output.error.hint})` : ''}`]
			: [],
	);
	const notes = ran.outputs.flatMap(output => (output.kind === 'note' ? [output.text] : []));
	const records = ran.outputs.flatMap(output => (output.kind === 'records' ? output.records : []));
	return {...ran, errors, notes, records};
}

async function remoteTree(exchange: Exchange, directoryId: string): Promise<object> {
	const {entries} = await exchange.listDirectory(directoryId, {maxAge: 0});
	const tree: Record<string, unknown> = {};
	for (const entry of entries.toSorted((a, b) => (entryName(a) < entryName(b) ? -1 : 1))) {
		const name = entryName(entry);
		const key = name in tree ? `${name} (2)` : name;
		tree[key] =
			entry.objectType === 'DIRECTORY'
				? await remoteTree(exchange, entry.dataStoreDirectoryId)
				: await text((await exchange.download({dataStoreFileId: entry.dataStoreFileId})).body);
	}
	return tree;
}

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
	let whole = '';
	const decoder = new TextDecoder();
	for await (const chunk of body) whole += decoder.decode(chunk, {stream: true});
	return whole;
}

async function diskTree(directory: string): Promise<object> {
	const tree: Record<string, unknown> = {};
	for (const entry of (await readdir(directory, {withFileTypes: true})).toSorted((a, b) =>
		a.name < b.name ? -1 : 1,
	)) {
		const file = path.join(directory, entry.name);
		tree[entry.name] = entry.isDirectory() ? await diskTree(file) : await readFile(file, 'utf8');
	}
	return tree;
}

/** An Exchange whose downloads stop after `bytes` and then do what `end` says. */
export function stoppingDownloads(exchange: Exchange, bytes: number, end: 'drop' | 'silence'): Exchange {
	return {
		...exchange,
		download: async (file, call) => {
			const {size, body} = await exchange.download(file, call);
			return {
				size,
				body: (async function* () {
					let left = bytes;
					for await (const chunk of body) {
						if (chunk.length >= left) {
							yield chunk.subarray(0, left);
							break;
						}
						left -= chunk.length;
						yield chunk;
					}
					if (end === 'drop') throw new ShellError('connection', 'the file store: the connection dropped');
					await new Promise(() => {});
				})(),
			};
		},
	};
}
