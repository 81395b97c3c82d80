import {defineCommand} from '../../shell/command.ts';

/** Empties the screen; the session stays. */
export const clear = defineCommand({
	name: 'clear',
	group: 'Session',
	summary: 'Clear the screen',
	args: {},
	examples: ['clear'],
	async *run() {
		yield {kind: 'clear'};
	},
});
