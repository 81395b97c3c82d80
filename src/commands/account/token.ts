import {type Context, defineCommand, type Output} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';
import {keptText} from '../../shell/sign-in-words.ts';
import {about} from '../shared/about.ts';
import {silent} from '../shared/batch.ts';
import {findToken, isExpired} from '../shared/find-token.ts';

/** Days that a token is good for when nobody says. */
const defaultDays = 30;
/** The API counts them in 32 bits. */
const mostDays = 2_147_483_647;

type Asked = {
	readonly name: string;
	readonly days: number | undefined;
	readonly keep: boolean;
	readonly force: boolean;
};

/** Makes or deletes a token of the user's. The value of a new one is said once, as data, and to no transcript. */
export const token = defineCommand({
	name: 'token',
	group: 'Account',
	summary: 'Make a token, or delete one',
	description:
		'`token create` prints the value, once: the Exchange never shows it again. At a prompt it offers to keep it as that of the profile you are in.',
	args: {
		what: {kind: 'text', choices: ['create', 'delete'], help: 'What to do: create or delete'},
		name: {kind: 'text', help: 'Its name; to delete also its id, as `id:…`'},
		days: {
			kind: 'count',
			option: true,
			optional: true,
			short: 'd',
			help: `create: days that it is good for (default ${defaultDays})`,
		},
		keep: {kind: 'flag', short: 'k', help: 'create: keep it as the token of this profile'},
		force: {kind: 'flag', short: 'f', help: 'delete: do not ask'},
	},
	examples: ['token create nightly --days 90', 'token delete nightly', 'token delete -f id:tokenId.7c1e'],
	run: (context, {what, ...asked}) => (what === 'create' ? create(context, asked) : remove(context, asked)),
});

async function* create(
	context: Context,
	{name, days = defaultDays, keep, force}: Asked,
): AsyncGenerator<Output> {
	const {exchange, format, signal} = context;
	if (force) throw new ShellError('usage', '-f is for token delete');
	if (name.trim() === '') throw new ShellError('usage', 'a token needs a name');
	if (days < 1) throw new ShellError('usage', '--days: a token is good for a day at least');
	if (days > mostDays) throw new ShellError('usage', `--days: ${mostDays} at most`);
	if (keep) await checkKeeping(context);
	const input = {name, daysBeforeExpiration: days};
	const made = await about(name, exchange.tokens.createToken(input, {signal}));
	if (format === undefined) yield {kind: 'text', text: made.value, secret: true};
	else yield {...silent([{...made.token, tokenValue: made.value}]), secret: true};
	const good = `good for ${counted(days, 'day')}`;
	yield {kind: 'note', text: `${name}: ${good}; its value is not shown again`};
	if (keep || (await wanted(context))) yield* kept(context, made.value);
}

/** Offers to keep it, where there is somebody, and something to keep it for. */
async function wanted(context: Context): Promise<boolean> {
	const {account, confirm, format} = context;
	const {profile} = account.current();
	if (format !== undefined) return false;
	try {
		await checkKeeping(context);
		return await confirm(`Keep it as the token of ${profile === null ? 'a profile' : `profile ${profile}`}?`);
	} catch {
		// A script says what it wants, and not every profile can keep one.
		return false;
	}
}

/** Throws why a token cannot be kept for the profile of now. */
async function checkKeeping({account}: Context): Promise<void> {
	if (!account.keep) throw new ShellError('usage', '--keep: the local exchange’s own user needs no token');
	const {profile} = account.current();
	if (profile !== null) await account.planSignIn({profile});
}

async function* kept({account, signal}: Context, value: string): AsyncGenerator<Output> {
	try {
		const result = await account.keep?.(value, {signal});
		if (!result) return;
		for (const text of keptText(result.profile, result)) yield {kind: 'note', text};
	} catch (thrown) {
		// The token is there all the same.
		yield {kind: 'error', verb: undefined, error: toShellError(thrown)};
	}
}

async function* remove(context: Context, {name: word, days, keep, force}: Asked): AsyncGenerator<Output> {
	const {exchange, signal, confirm, now} = context;
	if (days !== undefined || keep) throw new ShellError('usage', '--days and --keep are for token create');
	const found = findToken(await exchange.tokens.listTokens({signal}), word);
	const use = isExpired(found, now()) ? 'It has expired.' : 'Whoever uses it is let in no more.';
	if (!force && !(await confirm(`Delete the token ${found.name}? ${use}`))) {
		yield {kind: 'note', text: 'nothing deleted'};
		return;
	}
	await about(word, exchange.tokens.deleteToken(found.tokenId, {signal}));
	yield silent([found]);
	yield {kind: 'note', text: `deleted ${found.name}`};
}
