import {defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';

/** Changes the local directory that `get` and `put` start from. */
export const lcd = defineCommand({
	name: 'lcd',
	group: 'Navigation',
	summary: 'Change the local directory',
	description: 'Without a directory it goes to your home directory.',
	args: {
		directory: {kind: 'local-directory', optional: true, help: 'Where to go'},
	},
	examples: ['lcd ~/Downloads', 'lcd'],
	async *run({session, local}, {directory = '~'}) {
		const path = local.resolve(session.localDirectory, directory);
		const entry = await local.stat(path);
		if (!entry)
			throw new ShellError('not-found', `${directory}: no such local directory`, {hint: 'try `lls`'});
		if (entry.kind !== 'directory') {
			throw new ShellError('not-a-directory', `${directory}: a local file, not a directory`);
		}
		yield {kind: 'session', action: {type: 'local-directory', path}};
	},
});
