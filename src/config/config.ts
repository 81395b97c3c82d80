import path from 'node:path';
import {ShellError} from '../shell/errors.ts';
import {type Connection, chooseConnection, type TokenSource} from './connection.ts';
import {programOptions, readOptions, type Values} from './options.ts';
import {type Folders, foldersOf, settingsFile} from './paths.ts';
import {readSettings} from './settings.ts';

/** Lines to run without a screen, in the order they were given. */
export type Source = {readonly line: string} | {readonly file: string};

/** What the program was asked to do. Frozen. */
export type Config = {
	readonly connection: Connection;
	readonly folders: Folders;
	/** The local exchange's folder, whether it is the one that is used or not. */
	readonly localDirectory: string;
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
};

type World = {
	readonly argv: readonly string[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly isTerminal: boolean;
};

/** `help` or `version` where that is all that is wanted. Throws ShellError `usage` or `config`; the message never holds a token. */
export async function readConfig({
	argv,
	environment,
	isTerminal,
}: World): Promise<Config | 'help' | 'version'> {
	const {values, order} = readOptions(programOptions, argv, environment);
	if (values.help) return 'help';
	if (values.version) return 'version';
	if (values.json && values.csv) throw new ShellError('usage', '--json and --csv cannot go together');
	const isTyped = (name: string) => order.some(option => option.name === name);
	const folders = foldersOf(environment);
	const localDirectory = localFolder(values.data, folders);
	// A data folder says which local exchange, and where nothing is said of a profile, that it is to be that one.
	const isLocal = values.local || (values.data !== undefined && values.profile === undefined);
	const token = isLocal
		? typedToken(values, isTyped)
		: values.profile === 'local'
			? undefined
			: outerToken(values, isTyped, environment);
	const connection = chooseConnection({
		settings: await readSettings(settingsFile(folders)),
		directory: localDirectory,
		profile: values.profile,
		endpoint: values.endpoint,
		isLocal,
		token,
	});
	return Object.freeze({
		connection,
		folders,
		localDirectory,
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
	});
}

/** Where the local exchange is kept. */
export function localFolder(data: string | undefined, folders: Folders): string {
	return path.resolve(data ?? path.join(folders.data, 'local-exchange'));
}

type Given = Pick<Values<typeof programOptions>, 'token-file'>;

function typedToken(values: Given, isTyped: (name: string) => boolean): TokenSource | undefined {
	const file = values['token-file'];
	return file !== undefined && isTyped('token-file')
		? {kind: 'path', path: path.resolve(file), label: '--token-file'}
		: undefined;
}

/** The token that command line or environment name, in the order in which they count. */
function outerToken(
	values: Given,
	isTyped: (name: string) => boolean,
	environment: World['environment'],
): TokenSource | undefined {
	const typed = typedToken(values, isTyped);
	if (typed) return typed;
	const value = environment.ADX_TOKEN?.trim();
	if (value) return {kind: 'variable', value, label: 'ADX_TOKEN'};
	const file = values['token-file'];
	return file === undefined ? undefined : {kind: 'path', path: path.resolve(file), label: 'ADX_TOKEN_FILE'};
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
