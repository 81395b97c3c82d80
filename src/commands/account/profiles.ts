import {type Column, defineCommand} from '../../shell/command.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'text', header: 'name'},
	{field: 'place', as: 'text', header: 'endpoint'},
	{field: 'token', as: 'text', header: 'token from'},
	{field: 'starts', as: 'text', header: ''},
];
const marked: Column = {field: 'mark', as: 'text', header: '', screenOnly: true};

/** The profiles, with where their tokens are; never the tokens. */
export const profiles = defineCommand({
	name: 'profiles',
	group: 'Account',
	summary: 'List the profiles of this machine',
	args: {},
	examples: ['profiles', 'profiles --json'],
	async *run({account, interactive}) {
		const found = await account.profiles();
		yield {
			kind: 'records',
			records: found.map(profile => ({
				...profile,
				place: profile.endpoint ?? 'local exchange',
				starts: profile.isDefault ? 'default' : '',
				mark: profile.current ? '▸' : '',
			})),
			columns: [marked, ...columns],
			layout: 'table',
			headers: interactive,
		};
	},
});
