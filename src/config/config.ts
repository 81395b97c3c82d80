import {readFileSync} from 'node:fs';
import path from 'node:path';
import {ShellError} from '../shell/errors.ts';
import {programOptions, readOptions} from './options.ts';
import {type Folders, foldersOf} from './paths.ts';

/** The hosted Exchange in production, as in every released Python SDK. */
export const hostedEndpoint =
	'https://rrfs7pb7ancybo7bom7uxcsaxq.appsync-api.us-west-2.amazonaws.com/graphql';

/** Where to talk to: an endpoint with its token, or the local exchange kept in a folder. */
export type Connection =
	| {readonly kind: 'remote'; readonly endpoint: string; readonly token: string}
	| {readonly kind: 'local'; readonly directory: string};

/** Lines to run without a screen, in the order they were given. */
export type Source = {readonly line: string} | {readonly file: string};

/** What the program was asked to do. Frozen. */
export type Config = {
	readonly connection: Connection;
	readonly folders: Folders;
	/** Empty: ask at a prompt, or read a piped stdin. */
	readonly sources: readonly Source[];
	readonly store: string | undefined;
	/** The time-series database asked for. */
	readonly database: string | undefined;
	readonly json: boolean;
	readonly csv: boolean;
	readonly keepGoing: boolean;
	/** A plain prompt instead of the full screen. */
	readonly plainPrompt: boolean;
	readonly screenReader: boolean;
	readonly color: boolean;
	readonly wants: 'help' | 'version' | undefined;
};

type World = {
	readonly argv: readonly string[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly isTerminal: boolean;
};

/** Throws ShellError `usage` or `config`; the message never holds a token. */
export function readConfig({argv, environment, isTerminal}: World): Config {
	const {values, order} = readOptions(programOptions, argv, environment);
	if (values.json && values.csv) throw new ShellError('usage', '--json and --csv cannot go together');
	const folders = foldersOf(environment);
	const token = values.local || values.data ? undefined : readToken(environment, values['token-file']);
	const connection: Connection =
		token === undefined
			? {kind: 'local', directory: path.resolve(values.data ?? path.join(folders.data, 'local-exchange'))}
			: {kind: 'remote', endpoint: readEndpoint(values.endpoint ?? hostedEndpoint), token};
	if (connection.kind === 'local' && values.endpoint && !values.local && !values.data) {
		throw new ShellError('config', `no token for ${readEndpoint(values.endpoint)}`, {
			hint: 'set ADX_TOKEN or pass --token-file FILE',
		});
	}
	return Object.freeze({
		connection,
		folders,
		sources: order.flatMap(({name, value}): Source[] =>
			name === 'command' ? [{line: value}] : name === 'file' ? [{file: value}] : [],
		),
		store: values.store,
		database: values.db,
		json: values.json,
		csv: values.csv,
		keepGoing: values['keep-going'],
		plainPrompt: values.inline || values['screen-reader'] || environment.TERM === 'dumb',
		screenReader: values['screen-reader'],
		color: readColor(values.color, environment, isTerminal),
		wants: values.help ? 'help' : values.version ? 'version' : undefined,
	});
}

function readToken(environment: World['environment'], file: string | undefined): string | undefined {
	const fromEnvironment = environment.ADX_TOKEN?.trim();
	if (!file) return fromEnvironment || undefined;
	let token: string;
	try {
		token = readFileSync(file, 'utf8').trim();
	} catch (thrown) {
		throw new ShellError('config', `${file}: the token file cannot be read`, {cause: thrown});
	}
	if (token === '' || /\s/.test(token)) {
		throw new ShellError('config', `${file}: not a token file`, {
			hint: 'it holds the token and nothing else',
		});
	}
	return token;
}

function readEndpoint(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw new ShellError('config', `${text}: not an endpoint`, {hint: 'https://HOST/graphql'});
	}
	const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
	if (url.protocol === 'http:' && !loopback) {
		throw new ShellError('config', `${url.host}: plain http would show the token to the network`, {
			hint: 'use https',
		});
	}
	return url.href;
}

function readColor(
	when: string | undefined,
	environment: World['environment'],
	isTerminal: boolean,
): boolean {
	if (when !== undefined && !['auto', 'always', 'never'].includes(when)) {
		throw new ShellError('usage', `--color ${when}: not one of auto, always, never`);
	}
	if (when === 'always') return true;
	if (when === 'never' || environment.NO_COLOR || environment.TERM === 'dumb') return false;
	return isTerminal;
}
