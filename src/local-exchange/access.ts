import type {Catalogue} from './catalogue/catalogue.ts';
import type {CollaborativeRow} from './catalogue/collaboratives.ts';
import type {DatabaseRow} from './catalogue/databases.ts';
import type {DirectoryRow} from './catalogue/directories.ts';
import type {FileRow} from './catalogue/files.ts';
import type {Right, ServiceKey, ServiceType} from './catalogue/rights.ts';
import type {StoreRow} from './catalogue/stores.ts';
import {notFound, unauthorized} from './graphql/resolver-error.ts';

/** Who wants to do something, and to what. */
export type Asker = {readonly catalogue: Catalogue; readonly user: {readonly userId: string}};

/**
 * What a store, a database or something in it is wanted for. `read`: to see it; `write`: to change what it holds;
 * `own`: to rename, delete or share the store or database itself.
 */
export type Purpose = Exclude<Right, 'none'>;

const ranks: Readonly<Record<Right, number>> = {none: 0, read: 1, write: 2, own: 3};

const kinds: Readonly<Record<ServiceType, string>> = {
	DATA_CAPTURE: 'Data capture',
	DATA_STORE: 'Data store',
	IOT_GROUP: 'IoT group',
	OCS_ADAPTER: 'OCS adapter',
	TIME_SERIES_DB: 'Time-series database',
};

/** Throws `NotFound` when there is no such service, `Unauthorized` when it is not for the asker. */
export function checkService({catalogue, user}: Asker, service: ServiceKey, purpose: Purpose): void {
	const right = catalogue.rights.of(user.userId, service);
	if (right === undefined) throw notFound(kinds[service.serviceType], service.serviceId);
	if (ranks[right] < ranks[purpose]) throw unauthorized();
}

/** Throws as `checkService` does. */
export function storeFor(asker: Asker, dataStoreId: string, purpose: Purpose): StoreRow {
	checkService(asker, {serviceId: dataStoreId, serviceType: 'DATA_STORE'}, purpose);
	return asker.catalogue.stores.get(dataStoreId)!;
}

/** Throws as `checkService` does. */
export function databaseFor(asker: Asker, timeSeriesDbId: string, purpose: Purpose): DatabaseRow {
	checkService(asker, {serviceId: timeSeriesDbId, serviceType: 'TIME_SERIES_DB'}, purpose);
	return asker.catalogue.databases.get(timeSeriesDbId)!;
}

/** What one may do with a directory is what one may do with its store. Throws as `checkService` does. */
export function directoryFor(
	asker: Asker,
	dataStoreDirectoryId: string,
	purpose: Exclude<Purpose, 'own'>,
): DirectoryRow {
	const directory = asker.catalogue.directories.get(dataStoreDirectoryId);
	if (directory === undefined) throw notFound('Directory', dataStoreDirectoryId);
	storeFor(asker, directory.dataStoreId, purpose);
	return directory;
}

/** What one may do with a file is what one may do with its store. Throws as `checkService` does. */
export function fileFor(asker: Asker, dataStoreFileId: string, purpose: Exclude<Purpose, 'own'>): FileRow {
	const file = asker.catalogue.files.get(dataStoreFileId);
	if (file === undefined) throw notFound('File', dataStoreFileId);
	storeFor(asker, file.dataStoreId, purpose);
	return file;
}

/**
 * For those who count in it, `inside` the collaborative. Throws `NotFound` when there is none, `Unauthorized` for
 * everybody else.
 */
export function collaborativeInside({catalogue, user}: Asker, collaborativeId: string): CollaborativeRow {
	const collaborative = catalogue.collaboratives.get(collaborativeId);
	if (collaborative === undefined) throw notFound('Collaborative', collaborativeId);
	if (!isInside({catalogue, user}, collaborativeId)) throw unauthorized();
	return collaborative;
}

/** Whether the asker is one of the people in it, from its host or an approved organization. */
export function isInside({catalogue, user}: Asker, collaborativeId: string): boolean {
	return catalogue.collaboratives.permission(collaborativeId, user.userId) !== undefined;
}

/**
 * `events` for as long as `check` does not throw: it is asked before each of them, so that they stop with the
 * permission. What it throws ends them.
 */
export function whileAllowed<T>(
	events: AsyncIterableIterator<T>,
	check: () => unknown,
): AsyncIterableIterator<T> {
	return {
		[Symbol.asyncIterator]() {
			return this;
		},
		next: async () => {
			const event = await events.next();
			try {
				if (!event.done) check();
				return event;
			} catch (error) {
				await events.return?.();
				throw error;
			}
		},
		return: async () => {
			await events.return?.();
			return {done: true, value: undefined};
		},
	};
}
