import {defineCommand} from '../../shell/command.ts';
import {currentLocation} from '../../shell/resolve.ts';
import {directoryOf, fullPath} from '../../shell/session.ts';

/** The directory one is in, as a path that works from anywhere. */
export const pwd = defineCommand({
	name: 'pwd',
	group: 'Navigation',
	summary: 'Print the directory you are in',
	args: {},
	examples: ['pwd'],
	async *run(context) {
		const location = currentLocation(context);
		const record = {
			path: fullPath(location),
			dataStoreId: location.store.dataStoreId,
			dataStoreDirectoryId: directoryOf(location).dataStoreDirectoryId,
		};
		yield {kind: 'records', records: [record], columns: [{field: 'path', as: 'text'}], layout: 'table'};
	},
});
