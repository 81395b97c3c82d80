import {defineCommand} from '../../shell/command.ts';
import {removedText} from '../../shell/sign-in-words.ts';

/** Removes a profile's token from this machine. */
export const logout = defineCommand({
	name: 'logout',
	group: 'Account',
	summary: 'Remove the token that a login has kept',
	description:
		'Its settings stay, so that another `login` is enough. The token itself is good until it expires: `token delete` ends it.',
	args: {
		profile: {
			kind: 'profile',
			option: true,
			optional: true,
			short: 'p',
			help: 'The profile (default: the one you are in)',
		},
	},
	examples: ['logout', 'logout --profile lab'],
	async *run({account, signal}, {profile}) {
		const removed = await account.signOut(profile, {signal});
		yield {kind: 'note', text: removedText(removed)};
	},
});
