import type {DuckDBConnection} from '@duckdb/node-api';
import type {Tree} from './tree.ts';
import {type MacroWeight, type MacroWeights, weigh} from './weight.ts';

type Macro = {readonly parameters: readonly string[]; readonly body: unknown; weight?: MacroWeight};

const definitions = `SELECT function_name, to_json(parameters)::VARCHAR,
	json_serialize_sql('SELECT ' || macro_definition, skip_null := true, skip_empty := true)::VARCHAR
	FROM duckdb_functions()
	WHERE function_type = 'macro' AND (starts_with(function_name, 'ts_') OR function_name = 'nullif')`;

/** Weighs the macros a query may call, once for all queries: by what DuckDB itself says they are. */
export async function readMacroWeights(connection: DuckDBConnection): Promise<MacroWeights> {
	const macros = new Map<string, Macro[]>();
	for (const [name, parameters, text] of (await connection.runAndReadAll(definitions)).getRows()) {
		const tree: Tree = JSON.parse(String(text));
		const macro = {parameters: JSON.parse(String(parameters)), body: tree.statements};
		macros.set(String(name), [...(macros.get(String(name)) ?? []), macro]);
	}
	const weights: MacroWeights = (name, args) => {
		// Those with defaults may be given fewer.
		const macro = macros
			.get(name)
			?.filter(({parameters}) => parameters.length >= args)
			.sort((a, b) => a.parameters.length - b.parameters.length)[0];
		if (macro === undefined) return undefined;
		macro.weight ??= weightOf(macro, weights);
		return macro.weight;
	};
	return weights;
}

/** A weight grows with that of each argument evenly: it is known from two of them. */
function weightOf({parameters, body}: Macro, macros: MacroWeights): MacroWeight {
	const none = new Map(parameters.map(name => [name.toLowerCase(), 0]));
	const weighed = (names: ReadonlyMap<string, number>) =>
		weigh(body, macros, Number.POSITIVE_INFINITY, names);
	const own = weighed(none);
	return {own, uses: parameters.map(name => weighed(new Map(none).set(name.toLowerCase(), 1)) - own)};
}
