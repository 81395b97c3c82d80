import {defineCommand} from '../../shell/command.ts';
import {resolveDirectory} from '../../shell/resolve.ts';
import {fullPath} from '../../shell/session.ts';

/** Changes the directory; without one to the store's root. `-` says where it leads. */
export const cd = defineCommand({
	name: 'cd',
	group: 'Navigation',
	summary: 'Change the directory',
	description: 'Without a directory it goes to `/`, with `-` to the previous one, also of another store.',
	args: {
		directory: {kind: 'directory', optional: true, help: 'Where to go'},
	},
	examples: ['cd weather', 'cd ..', 'cd -', "cd 'Other store:/results'"],
	async *run(context, {directory = '/'}) {
		const location = await resolveDirectory(context, directory);
		yield {kind: 'session', action: {type: 'go', location}};
		if (directory === '-') yield {kind: 'text', text: fullPath(location)};
	},
});
