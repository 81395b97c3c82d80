import {type Column, defineCommand} from '../../shell/command.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'text'},
	{field: 'email', as: 'text'},
	{field: 'organizationName', as: 'text', header: 'organization'},
	{field: 'userId', as: 'text', header: 'id'},
	{field: 'endpoint', as: 'text'},
	{field: 'profile', as: 'text'},
	{field: 'tokenFrom', as: 'text', header: 'token from'},
];

/** Whose token is in use, where, and where it came from; never the token. */
export const whoami = defineCommand({
	name: 'whoami',
	group: 'Account',
	summary: 'Show who you are on the Exchange, and how you got in',
	args: {},
	examples: ['whoami', 'whoami --json'],
	async *run({exchange, account, signal}) {
		const user = await exchange.user({signal});
		const name = [user.firstName, user.lastName].filter(part => part !== null && part !== '').join(' ');
		const record = {
			...user,
			name: name === '' ? null : name,
			organizationName: user.organization?.name ?? null,
			endpoint: exchange.endpoint,
			...account.current(),
		};
		yield {kind: 'records', records: [record], columns, layout: 'fields'};
	},
});
