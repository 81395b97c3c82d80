import {defineCommand} from '../../shell/command.ts';
import {changeArgs, changeShare} from './change.ts';

/** Shares a service of one's own with a collaborative, once it has been said who gains sight of it. */
export const share = defineCommand({
	name: 'share',
	group: 'Sharing',
	summary: 'Share something of yours with a collaborative',
	description:
		'Says first who gains sight of it and who may write to it, then asks. Where a data store and a database bear the same name, `store:NAME` and `db:NAME` tell them apart.',
	args: changeArgs,
	examples: [
		"share 'Campus study' 'Resilience pilot'",
		"share -n Microgrid 'Resilience pilot'",
		"share -f db:Microgrid 'Resilience pilot'",
	],
	run: (context, args) => changeShare(context, 'share', args),
});
