import type {DuckDBConnection} from '@duckdb/node-api';
import type {Rewritten} from '../rewritten.ts';
import {Forbidden, type Inspection, inspect} from './gate.ts';
import type {Tree} from './tree.ts';

/** What queries were found to be: people and programs ask the same again and again. */
export type Inspections = {
	readonly get: (text: string) => Inspection | undefined;
	readonly add: (text: string, inspection: Inspection) => void;
};

const most = 64;
const longest = 8_192;

/** Remembers the last few that are not very long. */
export function inspections(): Inspections {
	const known = new Map<string, Inspection>();
	return {
		get: text => {
			const found = known.get(text);
			if (found === undefined) return undefined;
			known.delete(text);
			known.set(text, found);
			return found;
		},
		add: (text, inspection) => {
			if (text.length > longest) return;
			known.set(text, inspection);
			if (known.size > most) known.delete(known.keys().next().value!);
		},
	};
}

const serialize = 'SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true)';

/** What DuckDB's own parser makes of `draft`. Throws what `refuse` makes of a place: bytes, or undefined. */
export async function parse(
	connection: DuckDBConnection,
	draft: Rewritten,
	known: Inspections,
	refuse: (location: number | undefined) => Error,
): Promise<Inspection> {
	const remembered = known.get(draft.text);
	if (remembered !== undefined) return remembered;
	const reader = await connection.runAndReadAll(serialize, [draft.text]);
	const tree: Tree = JSON.parse(String(reader.getRows()[0]?.[0]));
	if (tree.error) throw refuse(Number(tree.position ?? 0));
	try {
		const inspection = inspect(tree);
		known.add(draft.text, inspection);
		return inspection;
	} catch (error) {
		throw error instanceof Forbidden ? refuse(error.location) : error;
	}
}
