import {type Column, defineCommand, type Row} from '../../shell/command.ts';
import {sortedEntries} from '../../shell/listing.ts';
import {listLocation} from '../../shell/lookup.ts';
import {entryId, entryName} from '../../shell/paths.ts';
import type {Entry, Listing} from '../../shell/ports.ts';
import {counted} from '../../shell/readable.ts';
import {directoryOf} from '../../shell/session.ts';

const columns: readonly Column[] = [
	{field: 'change', as: 'text'},
	{field: 'name', as: 'entry'},
	{field: 'storageSizeBytes', as: 'bytes'},
	{field: 'lastModified', as: 'time'},
];

/** Forgets all cached answers, asks for the current directory anew and says what is different there. */
export const refresh = defineCommand({
	name: 'refresh',
	group: 'Session',
	summary: 'Forget what is cached and list again',
	args: {},
	examples: ['refresh'],
	async *run(context) {
		const {session, exchange, signal} = context;
		const {location} = session;
		const id = location && directoryOf(location).dataStoreDirectoryId;
		const before = id === undefined ? undefined : exchange.cachedListing(id);
		exchange.forget();
		if (!location || id === undefined) {
			const stores = await exchange.listDataStores({signal, maxAge: 0});
			yield {kind: 'note', text: counted(stores.length, 'data store')};
			return;
		}
		const after = await listLocation(context, location, {maxAge: 0});
		const total = counted(after.entries.length, 'entry', 'entries');
		const changes = before ? changesBetween(before, after) : [];
		if (changes.length > 0) yield {kind: 'records', records: changes, columns, layout: 'table'};
		yield {kind: 'note', text: before && changes.length === 0 ? `nothing changed · ${total}` : total};
	},
});

/** Rows that are `new` or `gone`, or whose name, size, time or state has `changed`; in the order of names. */
function changesBetween(before: Listing, after: Listing): readonly Row[] {
	const old = new Map(before.entries.map(entry => [entryId(entry), entry]));
	const changes: Row[] = [];
	for (const entry of sortedEntries(after, 'name')) {
		const known = old.get(entryId(entry));
		old.delete(entryId(entry));
		if (!known) changes.push({change: 'new', ...entry});
		else if (fingerprint(known) !== fingerprint(entry)) changes.push({change: 'changed', ...entry});
	}
	for (const entry of old.values()) changes.push({change: 'gone', ...entry});
	return changes;
}

function fingerprint(entry: Entry): string {
	if (entry.objectType === 'DIRECTORY') return entry.name;
	const {storageSizeBytes, lastModified, s3ConfirmedUpload} = entry;
	return JSON.stringify([entryName(entry), storageSizeBytes, lastModified, s3ConfirmedUpload]);
}
