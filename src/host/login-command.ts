import {createInterface} from 'node:readline/promises';
import {text} from 'node:stream/consumers';
import {localFolder} from '../config/config.ts';
import {connectionOf} from '../config/connection.ts';
import {describeOptions, loginOptions, logoutOptions, readOptions} from '../config/options.ts';
import {foldersOf} from '../config/paths.ts';
import {sanitize} from '../render/sanitize.ts';
import {ShellError, toShellError} from '../shell/errors.ts';
import {keptText, removedText, signedInText, tokenQuestion} from '../shell/sign-in-words.ts';
import {createAccounts} from './account/accounts.ts';
import type {Open} from './account/open.ts';
import {maskedOutput} from './secret-input.ts';
import {print} from './streams.ts';

const loginUsage = `adx-shell login: keep a token, once the Exchange has accepted it

${describeOptions(loginOptions)}

The token is asked for unseen, or read from standard input: adx-shell login < FILE. It is never an argument,
which others on this machine could see. It is kept in the keyring where there is one, else in a file that
only you can read.
`;

const logoutUsage = `adx-shell logout: remove a token that login has kept

${describeOptions(logoutOptions)}
`;

/** `adx-shell login`. Resolves to the exit code. Throws ShellErrors. */
export async function runLogin(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	open: Open,
): Promise<number> {
	const {values} = readWithout(loginOptions, argv, environment);
	if (values.help) return print(loginUsage);
	const {account} = accountsOf(values.data, environment, open);
	const {profile, endpoint} = values;
	const plan = await account.planSignIn({profile, endpoint});
	const token = process.stdin.isTTY ? await askAtTerminal(tokenQuestion(plan)) : await readInput();
	if (token === undefined) return 130;
	const {user, kept} = await account.signIn(plan, token);
	say(signedInText(user, plan));
	for (const line of keptText(plan.profile, kept)) say(line);
	const outer = ['ADX_TOKEN', 'ADX_TOKEN_FILE'].find(name => environment[name]);
	if (outer) say(`${outer} is set, and goes before it`);
	return 0;
}

/** `adx-shell logout`. Resolves to the exit code. Throws ShellErrors. */
export async function runLogout(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	open: Open,
): Promise<number> {
	const {values} = readWithout(logoutOptions, argv, environment);
	if (values.help) return print(logoutUsage);
	const {account} = accountsOf(values.data, environment, open);
	const byDefault = (await account.profiles()).find(({isDefault}) => isDefault)?.name;
	if (values.profile === undefined && byDefault === 'local') {
		throw new ShellError('usage', 'no profile is logged in by default', {hint: 'name one: --profile NAME'});
	}
	say(removedText(await account.signOut(values.profile ?? byDefault)));
	return 0;
}

/** Where no profile is meant, it is the one that a session would start in. */
function accountsOf(data: string | undefined, environment: NodeJS.ProcessEnv, open: Open) {
	const folders = foldersOf(environment);
	const localDirectory = localFolder(data, folders);
	const connection = connectionOf('local', {profiles: {}}, localDirectory);
	return createAccounts({connection, folders, localDirectory}, open);
}

function readWithout<O extends Parameters<typeof readOptions>[0]>(
	options: O,
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
) {
	// Whoever types the token here must not see it repeated.
	const isValue = (at: number) => /^(-p|--[a-z]+)$/.test(argv[at - 1] ?? '');
	const stray = argv.find((word, at) => !word.startsWith('-') && !isValue(at));
	if (stray !== undefined) {
		throw new ShellError('usage', 'a token is no argument: others on this machine could see it', {
			hint: 'it is asked for, or read from standard input',
		});
	}
	return readOptions(options, argv, environment);
}

/** Undefined when it is left with Ctrl-C. */
async function askAtTerminal(question: string): Promise<string | undefined> {
	const left = new AbortController();
	const {stream, ask} = maskedOutput(process.stderr, {draws: process.env.TERM !== 'dumb'});
	const lines = createInterface({input: process.stdin, output: stream, terminal: true});
	lines.on('SIGINT', () => left.abort());
	lines.on('close', () => left.abort());
	try {
		return await ask(lines, `${sanitize(question)} `, left.signal);
	} catch (thrown) {
		if (toShellError(thrown).code === 'cancelled') return undefined;
		throw thrown;
	} finally {
		lines.close();
	}
}

async function readInput(): Promise<string> {
	const input = await text(process.stdin);
	if (input.trim() !== '') return input;
	throw new ShellError('usage', 'standard input holds no token', {hint: '`adx-shell login < FILE`'});
}

function say(line: string): void {
	process.stderr.write(`${sanitize(line)}\n`);
}
