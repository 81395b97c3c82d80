import {defineCommand} from '../../shell/command.ts';
import {bytesOf, showContents} from '../shared/content.ts';

export const cat = defineCommand({
	name: 'cat',
	group: 'Files',
	summary: 'Show what files hold',
	description: 'On a screen only text is shown, in a pipe the bytes go through as they are.',
	args: {
		paths: {kind: 'path', many: true, help: 'Files, one after the other'},
		force: {kind: 'flag', short: 'f', help: 'Show binary files, too'},
	},
	examples: ['cat readme.txt', 'cat weather/*.csv > weather.csv', 'cat result.csv | sort'],
	run: (context, {paths, force}) => showContents(context, paths, {open: bytesOf, force, titles: false}),
});
