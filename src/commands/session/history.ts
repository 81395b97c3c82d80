import {type Column, defineCommand} from '../../shell/command.ts';

const columns: readonly Column[] = [
	{field: 'number', as: 'count'},
	{field: 'line', as: 'text'},
];

/** The lines entered before, oldest first. */
export const history = defineCommand({
	name: 'history',
	group: 'Session',
	summary: 'List the lines entered before',
	args: {
		count: {kind: 'count', optional: true, help: 'Only the last N'},
	},
	examples: ['history', 'history 20', 'history | grep put'],
	async *run({history: lines}, {count = lines.length}) {
		const first = Math.max(0, lines.length - count);
		const records = lines.slice(first).map((line, index) => ({number: first + index + 1, line}));
		yield {kind: 'records', records, columns, layout: 'table'};
	},
});
