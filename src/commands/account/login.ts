import type {SignIn} from '../../shell/account.ts';
import {type Context, defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {keptText, signedInText, tokenQuestion} from '../../shell/sign-in-words.ts';

/** Longer than any token, bytes. */
const longest = 65_536;

/** Keeps a token for a profile, once the Exchange has said whose it is, and goes to that profile. */
export const login = defineCommand({
	name: 'login',
	group: 'Account',
	summary: 'Log in with a token, and keep it',
	description:
		'The token is asked for unseen, or read from standard input in a script. It is kept, once the Exchange has accepted it, in the keyring of the system where there is one, else in a file that only you can read. `--endpoint local` is the local exchange, as another of its users.',
	args: {
		profile: {
			kind: 'profile',
			option: true,
			optional: true,
			short: 'p',
			help: 'The profile to keep it for (this one, or `default`)',
		},
		endpoint: {
			kind: 'text',
			option: true,
			optional: true,
			help: 'Address (the profile’s, or the hosted Exchange’s)',
		},
	},
	examples: ['login', 'login --profile lab --endpoint https://exchange.example.org/graphql'],
	isDiscreet: true,
	async *run(context, {profile, endpoint}) {
		const {account, signal} = context;
		const plan = await account.planSignIn({profile, endpoint});
		const token = await askedFor(context, plan);
		if (token === '') {
			yield {kind: 'note', text: 'no token was entered: nothing has changed'};
			return;
		}
		const {user, kept} = await account.signIn(plan, token, {signal});
		yield {kind: 'note', text: signedInText(user, plan)};
		for (const text of keptText(plan.profile, kept)) yield {kind: 'note', text};
	},
});

async function askedFor({askSecret, input}: Context, plan: SignIn): Promise<string> {
	if (!input) return (await askSecret(tokenQuestion(plan))).trim();
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of input) {
		text += decoder.decode(chunk, {stream: true});
		if (text.length > longest) throw new ShellError('usage', 'what comes in is too long to be a token');
	}
	if (text.trim() === '') throw new ShellError('usage', 'standard input holds no token');
	return text.trim();
}
