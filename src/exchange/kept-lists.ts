import type {ApolloClient, OperationVariables, TypedDocumentNode} from '@apollo/client';
import {isRefusal, ShellError} from '../shell/errors.ts';
import type {Call, Read} from '../shell/ports.ts';
import {createSharedWork} from './shared-work.ts';

type Rows<Row> = ReadonlyArray<Row | null> | null;

/** Lists of one kind, one for each set of variables, that are kept in the Apollo cache. */
export type KeptLists<Variables, Row, Item> = {
	/** Concurrent readers share one request. */
	readonly list: (variables: Variables, read?: Read) => Promise<readonly Item[]>;
	/** Of any age, at once. The same answer is the same object. */
	readonly cached: (variables: Variables) => readonly Item[] | undefined;
	/** An own write: changes the list if it is cached. What was asked before is asked again. */
	readonly change: (variables: Variables, edit: (rows: readonly Row[]) => readonly Row[]) => void;
	/** The list stays as it is, but the next to read it asks the Exchange. */
	readonly doubt: (variables: Variables) => void;
	readonly drop: (variables: Variables) => void;
	readonly forget: () => void;
};

const defaultMaxAge = 30_000;

/** What the cache can't say of a list: its age (epoch, ms), own writes so far, the items made of its rows. */
type Notes<Row, Item> = {
	fetchedAt: number;
	writes: number;
	known?: {readonly rows: Rows<Row>; readonly items: readonly Item[]};
};

/**
 * Null rows are absent, and so is a null list. A list that one may no longer see, or that is gone, leaves the
 * cache.
 */
export function createKeptLists<
	Field extends string,
	Row extends object,
	Variables extends OperationVariables,
	Item,
>({
	client,
	document,
	field,
	ask,
	toItem,
}: {
	readonly client: ApolloClient;
	readonly document: TypedDocumentNode<{readonly [Name in Field]: Rows<Row>}, Variables>;
	readonly field: Field;
	readonly ask: (variables: Variables, call: Call) => Promise<Rows<Row>>;
	readonly toItem: (row: Row) => Item;
}): KeptLists<Variables, Row, Item> {
	const notes = new Map<string, Notes<Row, Item>>();
	const work = createSharedWork<readonly Item[]>();

	const noteOf = (variables: Variables): Notes<Row, Item> => {
		const key = JSON.stringify(variables);
		const note = notes.get(key) ?? {fetchedAt: Number.NEGATIVE_INFINITY, writes: 0};
		notes.set(key, note);
		return note;
	};
	const cachedRows = (variables: Variables) =>
		client.readQuery<{readonly [Name in Field]: Rows<Row>}, OperationVariables>({
			query: document,
			variables,
			optimistic: true,
		})?.[field] as readonly Row[] | undefined;
	const cached = (variables: Variables) => {
		const rows = cachedRows(variables);
		if (rows === undefined) return undefined;
		const note = noteOf(variables);
		// Only `keep` writes them: there are no null rows.
		if (note.known?.rows !== rows) note.known = {rows, items: rows.map(toItem)};
		return note.known.items;
	};
	const keep = (variables: Variables, rows: readonly Row[]) => {
		client.writeQuery<{readonly [Name in Field]: Rows<Row>}, OperationVariables>({
			query: client.documentTransform.transformDocument(document),
			variables,
			data: {[field]: rows} as {readonly [Name in Field]: Rows<Row>},
		});
	};
	const drop = (variables: Variables) => {
		noteOf(variables).fetchedAt = Number.NEGATIVE_INFINITY;
		const args = Object.keys(variables).length > 0 && {args: variables};
		client.cache.evict({id: 'ROOT_QUERY', fieldName: field, ...args});
	};
	const outdate = (note: Notes<Row, Item>) => {
		note.fetchedAt = Number.NEGATIVE_INFINITY;
		note.writes += 1;
	};

	const fetch = async (variables: Variables, signal: AbortSignal): Promise<readonly Item[]> => {
		const note = noteOf(variables);
		// An answer from before an own write would bring back what the write has changed.
		for (let attempt = 1; ; attempt++) {
			const before = note.writes;
			const rows = await ask(variables, {signal}).catch((thrown: unknown) => {
				if (isRefusal(thrown)) drop(variables);
				throw thrown;
			});
			if (note.writes !== before && attempt < 3) continue;
			keep(
				variables,
				(rows ?? []).filter(row => row !== null),
			);
			const items = cached(variables);
			if (!items)
				throw new ShellError('failed', 'the Exchange’s answer is not complete', {hint: 'try again'});
			note.fetchedAt = Date.now();
			return items;
		}
	};

	return {
		list: async (variables, {signal, maxAge = defaultMaxAge} = {}) => {
			const {fetchedAt, writes} = noteOf(variables);
			const isFresh = Date.now() - fetchedAt < maxAge && !signal?.aborted;
			const items = isFresh ? cached(variables) : undefined;
			// Who comes after a write does not join those from before it.
			const key = `${writes} ${JSON.stringify(variables)}`;
			return items ?? work.join(key, signal, ended => fetch(variables, ended));
		},
		cached,
		change: (variables, edit) => {
			noteOf(variables).writes += 1;
			const rows = cachedRows(variables);
			const edited = rows && edit(rows);
			if (edited && edited !== rows) keep(variables, edited);
		},
		doubt: variables => outdate(noteOf(variables)),
		drop,
		forget: () => {
			for (const note of notes.values()) outdate(note);
			client.cache.evict({id: 'ROOT_QUERY', fieldName: field});
		},
	};
}
