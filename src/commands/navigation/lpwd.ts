import {defineCommand} from '../../shell/command.ts';

/** The local directory that `get` and `put` start from. */
export const lpwd = defineCommand({
	name: 'lpwd',
	group: 'Navigation',
	summary: 'Print the local directory',
	args: {},
	examples: ['lpwd'],
	async *run({session}) {
		const records = [{path: session.localDirectory}];
		yield {kind: 'records', records, columns: [{field: 'path', as: 'text'}], layout: 'table'};
	},
});
