/** What Timestream's SQL keeps for itself: a database of this name would have to be quoted in every query. */
const reserved = new Set(
	`alter and as between by case cast constraint create cross cube current_date current_path current_role
	current_time current_timestamp current_user deallocate delete describe distinct drop else end escape except
	execute exists extract false for from full group grouping having in inner insert intersect into is join left
	like localtime localtimestamp natural normalize not null on or order outer prepare recursive right rollup
	select table then true uescape union unnest using values when where with`.split(/\s+/),
);

const maxLength = 60;

/**
 * A name for SQL that needs no quotes, made from what people call the thing: `Iowa generation (MWh)` becomes
 * `iowa_generation_mwh`. `isTaken` says of a candidate whether another thing has it.
 */
export function sqlName(name: string, isTaken: (candidate: string) => boolean): string {
	const plain = name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.slice(0, maxLength)
		.replace(/^_+|_+$/g, '');
	const isFit = /^[a-z]\w\w/.test(plain) && !reserved.has(plain);
	const base = isFit ? plain : ['database', plain].filter(Boolean).join('_');
	for (let copy = 1; ; copy++) {
		const candidate = copy === 1 ? base : `${base}_${copy}`;
		if (!isTaken(candidate)) return candidate;
	}
}
