import {type Column, defineCommand} from '../../shell/command.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'text'},
	{field: 'email', as: 'text'},
	{field: 'organizationName', as: 'text', header: 'organization'},
	{field: 'userId', as: 'text', header: 'id'},
	{field: 'endpoint', as: 'text'},
];

/** Whose token is in use, and where. */
export const whoami = defineCommand({
	name: 'whoami',
	group: 'Session',
	summary: 'Show who you are on the Exchange',
	args: {},
	examples: ['whoami', 'whoami --json'],
	async *run({exchange, signal}) {
		const user = await exchange.user({signal});
		const name = [user.firstName, user.lastName].filter(part => part !== null && part !== '').join(' ');
		const record = {
			...user,
			name: name === '' ? null : name,
			organizationName: user.organization?.name ?? null,
			endpoint: exchange.endpoint,
		};
		yield {kind: 'records', records: [record], columns, layout: 'fields'};
	},
});
