import type {DuckDBConnection} from '@duckdb/node-api';
import type {Rewritten} from '../rewritten.ts';
import {Forbidden, type Inspection, inspect} from './gate.ts';
import {readMacroWeights} from './macro-weights.ts';
import type {Tree} from './tree.ts';
import {type MacroWeights, TooHeavy, weigh} from './weight.ts';

/** What queries were found to be: people and programs ask the same again and again. */
export type Inspections = {
	readonly get: (text: string) => Inspection | undefined;
	readonly add: (text: string, inspection: Inspection) => void;
	readonly macros: (connection: DuckDBConnection) => Promise<MacroWeights>;
};

const most = 64;
const longest = 8_192;

/** Remembers the last few that are not very long. */
export function inspections(): Inspections {
	const known = new Map<string, Inspection>();
	let macros: MacroWeights | undefined;
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
		macros: async connection => {
			macros ??= await readMacroWeights(connection);
			return macros;
		},
	};
}

const serialize = 'SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true)';

/** Nodes that DuckDB plans in a fraction of a second, and what a long query without much nesting has for a letter. */
const fewNodes = 20_000;
const nodesPerLetter = 4;

/** What to say about a place in a draft: bytes, or undefined. */
export type Refusals = {
	readonly notAQuery: (location: number | undefined) => Error;
	readonly tooComplex: (location: number | undefined) => Error;
};

/** What DuckDB's parser says of what is too much for it. */
const tooDeep = /^(Max expression depth|memory exhausted)/;

/** What DuckDB's own parser makes of `draft`. Throws what `refuse` makes of a place. */
export async function parse(
	connection: DuckDBConnection,
	draft: Rewritten,
	known: Inspections,
	refuse: Refusals,
): Promise<Inspection> {
	const remembered = known.get(draft.text);
	if (remembered !== undefined) return remembered;
	const reader = await connection.runAndReadAll(serialize, [draft.text]);
	const tree: Tree = JSON.parse(String(reader.getRows()[0]?.[0]));
	if (tooDeep.test(tree.error_message ?? '')) throw refuse.tooComplex(undefined);
	if (tree.error) throw refuse.notAQuery(Number(tree.position ?? 0));
	try {
		const inspection = inspect(tree);
		weigh(tree.statements, await known.macros(connection), fewNodes + nodesPerLetter * draft.text.length);
		known.add(draft.text, inspection);
		return inspection;
	} catch (error) {
		if (error instanceof TooHeavy) throw refuse.tooComplex(error.location);
		throw error instanceof Forbidden ? refuse.notAQuery(error.location) : error;
	}
}
