import {defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';

/** Ends the shell: with the last status in a script, with 0 for a person, or as asked. */
export const exit = defineCommand({
	name: 'exit',
	aliases: ['bye', 'quit'],
	group: 'Session',
	summary: 'Leave the shell',
	args: {
		status: {kind: 'count', optional: true, help: 'Exit code, 0 to 255'},
	},
	examples: ['exit', 'exit 3'],
	async *run({session, interactive}, {status = interactive ? 0 : session.status}) {
		if (status > 255) throw new ShellError('usage', `${status}: an exit code is at most 255`);
		yield {kind: 'exit', status};
	},
});
