import {defineCommand} from '../../shell/command.ts';
import {changeArgs, changeShare} from './change.ts';

/** Takes a service of one's own out of a collaborative, once it has been said who loses sight of it. */
export const unshare = defineCommand({
	name: 'unshare',
	group: 'Sharing',
	summary: 'No longer share something with a collaborative',
	description: 'Says first who loses sight of it, then asks. What others have downloaded stays theirs.',
	args: {...changeArgs, service: {...changeArgs.service, own: 'shared'}},
	examples: ["unshare 'Wind park' 'Resilience pilot'", "unshare -n 'Wind park' 'Resilience pilot'"],
	run: (context, args) => changeShare(context, 'unshare', args),
});
