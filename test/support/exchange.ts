import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ConnectedExchange, connectExchange} from '../../src/exchange/connect.ts';
import {
	type LocalExchange,
	type LocalExchangeOptions,
	startLocalExchange,
} from '../../src/local-exchange/server.ts';
import {type ApiClient, apiClient} from './api-client.ts';

export type TestExchange = ApiClient & {
	readonly endpoint: string;
	readonly token: string;
	/** The data directory; it goes with `close`. */
	readonly directory: string;
	/** The shell's client, connected. */
	readonly exchange: ConnectedExchange;
	/** The one that runs now. */
	readonly server: LocalExchange;
	/** Starts a server on the same directory and port, after `server.close()`. */
	readonly reopen: () => Promise<void>;
	/** Ends client and server and removes the directory. */
	readonly close: () => Promise<void>;
};

/** A local exchange of its own in this process, without stores unless `seed`, and clients connected to it. */
export async function startExchange(
	options: Omit<Partial<LocalExchangeOptions>, 'directory'> = {},
): Promise<TestExchange> {
	const directory = await mkdtemp(join(tmpdir(), 'adx-exchange-'));
	const start = (port: number) => startLocalExchange({seed: false, port, ...options, directory});
	let server = await start(0);
	const {endpoint, token} = server;
	const exchange = connectExchange({endpoint, token});
	return {
		...apiClient(endpoint, token),
		endpoint,
		token,
		directory,
		exchange,
		get server() {
			return server;
		},
		reopen: async () => {
			server = await start(Number(new URL(endpoint).port));
		},
		close: async () => {
			exchange.close();
			await server.close();
			await rm(directory, {recursive: true, force: true});
		},
	};
}
