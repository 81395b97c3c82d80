import {type Column, defineCommand} from '../../shell/command.ts';
import {personName} from '../../shell/sharing-words.ts';

const columns: readonly Column[] = [{field: 'profile', as: 'text'}];

/** Takes the session to another profile, or says which one it is in. */
export const profile = defineCommand({
	name: 'profile',
	group: 'Account',
	summary: 'Go to another profile, or say which one you are in',
	description:
		'The session goes to its Exchange, where the last session of that profile was. When that fails it stays where it is. `local` is the local exchange of this machine, and always there.',
	args: {
		profile: {kind: 'profile', optional: true, help: 'Name of the profile'},
		default: {kind: 'flag', short: 'd', help: 'Start in it from now on'},
	},
	examples: ['profile', 'profile lab', 'profile local --default'],
	async *run({account, signal}, {profile: name, default: asDefault}) {
		if (name === undefined) {
			yield {kind: 'records', records: [account.current()], columns, layout: 'table'};
			return;
		}
		const {user} = await account.enter(name, {signal, asDefault});
		yield {kind: 'note', text: `${name}: ${personName(user)}${asDefault ? '; it is the default now' : ''}`};
	},
});
