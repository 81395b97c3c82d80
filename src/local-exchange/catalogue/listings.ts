import type {StatementSync} from 'node:sqlite';
import type {Database} from './database.ts';

/** One field of the answer: `field` of the API under the name `key`. Both are GraphQL names. */
export type Leaf = {readonly key: string; readonly field: string};

/** One field of a DataStoreObject; the fields below `dataStoreFile` and `dataStoreDirectory` are in `leaves`. */
export type ObjectField = Leaf & {readonly leaves: readonly Leaf[]};

export type Listings = {
	/**
	 * The contents of a directory as JSON text: an array of DataStoreObjects in which each has `fields`. Undefined
	 * when some field is none that SQL alone can answer, or some value none that the API can tell.
	 */
	readonly json: (dataStoreDirectoryId: string, fields: readonly ObjectField[]) => string | undefined;
};

/** How SQL says a field's value. */
type Expressions = Readonly<Record<string, string>>;

const fileExpressions: Expressions = {
	...columns(
		'dataStoreFileId dataStoreId dataStoreDirectoryId name fileExtension description storageSizeBytes lastModified contentType ownerUserId',
	),
	s3ConfirmedUpload: boolean('s3ConfirmedUpload'),
	__typename: "'DataStoreFile'",
};

const directoryExpressions: Expressions = {
	...columns('dataStoreDirectoryId dataStoreId parentDirectoryId name ownerUserId'),
	homeDirectory: boolean('parentDirectoryId IS NULL'),
	__typename: "'DataStoreDirectory'",
};

/** SQLite takes 127 arguments at most, two for each field. */
const maxFields = 60;
const maxInt = 2 ** 31 - 1;
const remembered = 50;

/**
 * Directories as JSON, made by SQLite itself: for 10,000 files that takes a tenth of what GraphQL's executor
 * needs, and a twentieth while that is still cold.
 */
export function listings(database: Database): Listings {
	const statements = new Map<string, StatementSync>();
	const prepared = (sql: string) => {
		const statement = statements.get(sql) ?? database.prepare(sql);
		if (statements.size >= remembered) statements.clear();
		statements.set(sql, statement);
		return statement;
	};
	return {
		json: (id, fields) => {
			const directory = objectOf(fields, 'DIRECTORY', 'dataStoreDirectory', directoryExpressions);
			const file = objectOf(fields, 'FILE', 'dataStoreFile', fileExpressions);
			if (directory === undefined || file === undefined) return undefined;
			const directories = prepared(`SELECT group_concat(row) AS json FROM (
				SELECT ${directory} AS row FROM directories WHERE parentDirectoryId = ? ORDER BY rowid
			)`).get(id);
			const files = prepared(`SELECT group_concat(row) AS json, max(storageSizeBytes) AS largest FROM (
				SELECT ${file} AS row, storageSizeBytes FROM files WHERE dataStoreDirectoryId = ? ORDER BY rowid
			)`).get(id);
			if (Number(files?.largest) > maxInt) return undefined;
			return `[${[directories?.json, files?.json].filter(text => text != null).join()}]`;
		},
	};
}

/** The SQL of one row's JSON. */
function objectOf(
	fields: readonly ObjectField[],
	objectType: string,
	own: 'dataStoreFile' | 'dataStoreDirectory',
	expressions: Expressions,
): string | undefined {
	const nested = jsonObject(fields.find(({field}) => field === own)?.leaves ?? [], expressions);
	if (nested === undefined) return undefined;
	const outer: Expressions = {
		objectType: `'${objectType}'`,
		__typename: "'DataStoreObject'",
		dataStoreFile: 'NULL',
		dataStoreDirectory: 'NULL',
		[own]: nested,
	};
	return jsonObject(fields, outer);
}

function jsonObject(leaves: readonly Leaf[], expressions: Expressions): string | undefined {
	if (leaves.length > maxFields) return undefined;
	if (!leaves.every(({field}) => Object.hasOwn(expressions, field))) return undefined;
	return `json_object(${leaves.map(({key, field}) => `'${key}', ${expressions[field]}`).join()})`;
}

function columns(names: string): Expressions {
	return Object.fromEntries(names.split(' ').map(name => [name, name]));
}

function boolean(condition: string): string {
	return `json(iif(${condition}, 'true', 'false'))`;
}
