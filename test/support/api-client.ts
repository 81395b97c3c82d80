import {request} from 'node:http';
import {text as textOf} from 'node:stream/consumers';

/** What a directory of a test store holds, by whole file name; a nested object is a directory. */
export type Tree = {readonly [name: string]: string | Uint8Array | Tree};

type Result = {readonly status: number; readonly body: unknown};
// biome-ignore lint/suspicious/noExplicitAny: a test reads the fields it asked for.
type Data = Record<string, any>;

/** The plainest client of the API: HTTP and nothing of the product. */
export type ApiClient = {
	/** The answer as it came. */
	readonly post: (query: string, variables?: object, token?: string) => Promise<Result>;
	/** The data of an answer without errors; throws with the first error. */
	readonly ask: (query: string, variables?: object) => Promise<Data>;
	/** A new file with these bytes; answers with its id. */
	readonly addFile: (
		home: {dataStoreId: string; dataStoreDirectoryId: string},
		fileName: string,
		bytes: string | Uint8Array,
	) => Promise<string>;
	/** A new store that holds `tree`. */
	readonly addStore: (name: string, tree?: Tree) => Promise<{dataStoreId: string; homeDirectoryId: string}>;
};

export function apiClient(endpoint: string, token: string): ApiClient {
	const post: ApiClient['post'] = async (query, variables = {}, authorization = token) => {
		const body = Buffer.from(JSON.stringify({query, variables}));
		const headers = {'Content-Type': 'application/json', Authorization: authorization};
		const {status, text} = await send('POST', endpoint, body, {
			...headers,
			'Content-Length': String(body.length),
		});
		return {status, body: JSON.parse(text)};
	};
	const ask: ApiClient['ask'] = async (query, variables) => {
		const {data, errors} = (await post(query, variables)).body as {
			data: Data;
			errors?: {message: string}[];
		};
		if (errors !== undefined) throw new Error(errors[0]?.message);
		return data;
	};
	const addFile: ApiClient['addFile'] = async (home, fileName, bytes) => {
		const dot = fileName.indexOf('.');
		const variables = {
			...home,
			name: dot === -1 ? fileName : fileName.slice(0, dot),
			fileExtension: dot === -1 ? '' : fileName.slice(dot + 1),
		};
		const {file} = await ask(createFile, variables);
		const {status, text} = await put(file.url, Buffer.from(bytes as string));
		if (status !== 200) throw new Error(`PUT answered ${status}: ${text}`);
		return file.itemId;
	};
	const addTree = async (dataStoreId: string, dataStoreDirectoryId: string, tree: Tree) => {
		for (const [name, node] of Object.entries(tree)) {
			if (typeof node === 'string' || node instanceof Uint8Array) {
				await addFile({dataStoreId, dataStoreDirectoryId}, name, node);
			} else {
				const variables = {dataStoreId, parentDirectoryId: dataStoreDirectoryId, name};
				const {directory} = await ask(createDirectory, variables);
				await addTree(dataStoreId, directory.dataStoreDirectoryId, node);
			}
		}
	};
	return {
		post,
		ask,
		addFile,
		addStore: async (name, tree = {}) => {
			const {store} = await ask(createStore, {name});
			await addTree(store.dataStoreId, store.homeDirectoryId, tree);
			return store;
		},
	};
}

const createStore = `mutation ($name: String!) {
	store: storage_createDataStore(name: $name) {dataStoreId homeDirectoryId}
}`;
const createDirectory = `mutation ($dataStoreId: ID!, $parentDirectoryId: ID!, $name: String!) {
	directory: storage_createDataStoreDirectory(
		dataStoreId: $dataStoreId, parentDirectoryId: $parentDirectoryId, name: $name
	) {dataStoreDirectoryId}
}`;
const createFile = `mutation ($dataStoreId: ID!, $dataStoreDirectoryId: ID!, $name: String!, $fileExtension: String!) {
	file: storage_createDataStoreFile(
		dataStoreId: $dataStoreId, dataStoreDirectoryId: $dataStoreDirectoryId, name: $name, fileExtension: $fileExtension
	) {url uploadId itemId}
}`;

/** PUT with exactly the headers given, unlike `fetch`. */
export async function put(
	url: string,
	bytes: Uint8Array,
	headers: Record<string, string> = {'Content-Length': String(bytes.length)},
): Promise<{status: number; text: string}> {
	return send('PUT', url, bytes, headers);
}

/** On a connection of its own: a server that was restarted meanwhile is none of its concern. */
async function send(
	method: string,
	url: string,
	bytes: Uint8Array,
	headers: Record<string, string>,
): Promise<{status: number; text: string}> {
	return new Promise((done, failed) => {
		const sent = request(url, {method, headers, agent: false}, response => {
			const status = response.statusCode ?? 0;
			textOf(response).then(text => done({status, text}), failed);
		});
		sent.on('error', failed);
		sent.end(bytes);
	});
}
