import {defineCommand} from '../../shell/command.ts';
import {resolveStore, rootOf} from '../../shell/resolve.ts';

/** Goes to the root of a data store. */
export const use = defineCommand({
	name: 'use',
	group: 'Navigation',
	summary: 'Select a data store',
	description: 'A store is named by its name or, where two bear the same one, by `id:dataStoreId.…`.',
	args: {
		store: {kind: 'store', help: 'Name or id of the data store'},
	},
	examples: ["use 'Campus study'", 'use id:dataStoreId.7c1e'],
	async *run(context, {store}) {
		const location = rootOf(await resolveStore(context, store));
		yield {kind: 'session', action: {type: 'go', location}};
	},
});
