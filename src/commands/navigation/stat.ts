import {type Column, type Context, defineCommand, type Row} from '../../shell/command.ts';
import {entryName} from '../../shell/paths.ts';
import type {Target} from '../../shell/resolve.ts';
import {fullPath} from '../../shell/session.ts';
import {resolveAll} from '../shared/targets.ts';

const fileColumns: readonly Column[] = [
	{field: 'name', as: 'entry'},
	{field: 'path', as: 'text'},
	{field: 'objectType', as: 'text', header: 'type'},
	{field: 'storageSizeBytes', as: 'bytes', header: 'size'},
	{field: 'lastModified', as: 'time', header: 'modified'},
	{field: 'contentType', as: 'text', header: 'content'},
	{field: 'description', as: 'text'},
	{field: 's3ConfirmedUpload', as: 'text', header: 'confirmed'},
	{field: 'ownerUserId', as: 'text', header: 'owner'},
	{field: 'dataStoreFileId', as: 'text', header: 'id'},
	{field: 'dataStoreDirectoryId', as: 'text', header: 'directory'},
	{field: 'dataStoreId', as: 'text', header: 'store'},
];
const directoryColumns: readonly Column[] = [
	{field: 'name', as: 'entry'},
	{field: 'path', as: 'text'},
	{field: 'objectType', as: 'text', header: 'type'},
	{field: 'items', as: 'count'},
	{field: 'dataStoreDirectoryId', as: 'text', header: 'id'},
	{field: 'parentDirectoryId', as: 'text', header: 'parent'},
	{field: 'dataStoreId', as: 'text', header: 'store'},
];
const storeColumns: readonly Column[] = [
	{field: 'name', as: 'text'},
	{field: 'path', as: 'text'},
	{field: 'description', as: 'text'},
	{field: 'items', as: 'count'},
	{field: 'ownerUserId', as: 'text', header: 'owner'},
	{field: 'dataStoreId', as: 'text', header: 'id'},
	{field: 'homeDirectoryId', as: 'text', header: 'directory'},
];

/** Everything the Exchange says about files, directories and stores: one request each. */
export const stat = defineCommand({
	name: 'stat',
	group: 'Navigation',
	summary: 'Show everything about files and directories',
	description: 'The root of a store shows the store.',
	args: {
		paths: {kind: 'path', many: true, help: 'Files and directories'},
	},
	examples: ['stat readme.txt', 'stat id:dataStoreFileId.7c1e', 'stat /'],
	async *run(context, {paths}) {
		const {targets, failures} = await resolveAll(context, paths);
		for (const error of failures) yield {kind: 'error', verb: undefined, error};
		for (const target of targets) {
			const {record, columns} = await detailsOf(context, target);
			yield {kind: 'records', records: [record], columns, layout: 'fields'};
		}
	},
});

async function detailsOf(
	{exchange, signal}: Context,
	{location, entry}: Target,
): Promise<{readonly record: Row; readonly columns: readonly Column[]}> {
	const {store} = location;
	// Counted only where the listing is at hand: the number is not worth 2 MB.
	const items = (id: string) => {
		const listing = exchange.cachedListing(id);
		return listing ? {items: listing.entries.length} : {};
	};
	if (!entry) {
		const record = {...store, path: `${store.name}:/`, ...items(location.trail[0].dataStoreDirectoryId)};
		return {record, columns: storeColumns};
	}
	const path = `${fullPath(location).replace(/\/$/, '')}/${entryName(entry)}`;
	if (entry.objectType === 'FILE') {
		return {
			record: {...(await exchange.getFile(entry.dataStoreFileId, {signal})), path},
			columns: fileColumns,
		};
	}
	const details = await exchange.getDirectory(entry.dataStoreDirectoryId, {signal});
	return {record: {...details, path, ...items(entry.dataStoreDirectoryId)}, columns: directoryColumns};
}
