/** After these words a name with a parenthesis is a function; after others it is an alias with its columns. */
export const keywords = new Set(
	`all and any array as asc between both by case cross cube desc distinct else escape except exists extract
	false filter first following for from full group grouping having if in inner intersect interval is join
	last lateral leading left like limit natural not null nulls offset on or order outer over partition
	preceding range right rollup row rows select sets some then trailing true try union unnest using values
	when where with`.split(/\s+/),
);

/** Words that mean something to DuckDB alone: names to Timestream. Source: `duckdb_keywords()`. */
export const ordinaryNames = new Set(
	`analyse analyze anti asof asymmetric at authorization binary check collate collation column columns
	concurrently default deferrable describe do foreign freeze generated glob ilike initially isnull lambda
	notnull overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning
	semi show similar struct summarize symmetric tablesample unique unpack unpivot variadic verbose`.split(
		/\s+/,
	),
);
