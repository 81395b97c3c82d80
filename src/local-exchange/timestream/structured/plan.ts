import type {LastValue} from '../engine.ts';
import {identifier, literal} from '../sql-text.ts';
import type {Column, Measure, ScalarType, Table} from '../types.ts';
import type {StructuredRequest} from './request.ts';

/** An attribute of the result. */
export type PlannedAttribute = {
	readonly name: string;
	/** Where its values may stand among the columns of `sql`, and of which type they are there. */
	readonly sources: readonly {readonly column: number; readonly type: ScalarType}[];
};

/** How DuckDB answers a structured query. */
export type Plan = {
	/**
	 * Rows by asset and time: assetId, name, epoch ns, then values; undefined when there can be none. Records of one
	 * asset and time are rows of their own.
	 */
	readonly sql: string | undefined;
	/** How many rows that has. */
	readonly countSql: string;
	readonly attributes: readonly PlannedAttribute[];
	/** The type of an asset's attribute. */
	readonly typeOf: (assetId: string, attribute: string) => ScalarType;
};

const firstValue = 3;

type Sources = {
	readonly table: Table | undefined;
	readonly measures: readonly Measure[];
	readonly lastValues: readonly LastValue[];
};

export function plan(request: StructuredRequest, {table, measures, lastValues}: Sources): Plan {
	const wanted = lastValues.filter(({assetId, attribute}) => {
		const names = request.assets.get(assetId);
		return request.assets.has(assetId) && (names === undefined || names.has(attribute));
	});
	const types = new Map(wanted.map(({assetId, attribute, type}) => [key(assetId, attribute), type]));
	const typeOf = (assetId: string, attribute: string) => types.get(key(assetId, attribute)) ?? 'VARCHAR';
	const names = [...new Set(wanted.map(({attribute}) => attribute))];
	if (table === undefined || names.length === 0)
		return {sql: undefined, countSql: '', attributes: [], typeOf};

	const groups = groupsOf(request, wanted);
	const values: string[] = [];
	const attributes = names.map(name => ({
		name,
		sources: sourcesOf(name, table, measures).map(({sql, type}) => {
			const inGroups = groups.flatMap(({names}, index) =>
				names === undefined || names.has(name) ? [index] : [],
			);
			const isAll = inGroups.length === groups.length;
			values.push(isAll ? sql : `CASE WHEN w.grp IN (${inGroups}) THEN ${sql} END`);
			return {column: firstValue + values.length - 1, type};
		}),
	}));

	const column = (kind: Column['kind'], name?: string) =>
		table.columns.find(each => each.kind === kind && (name === undefined || each.name === name));
	const sqlOf = (found: Column | undefined) =>
		found === undefined ? 'NULL' : `s.${identifier(found.physical)}`;
	const asset = sqlOf(column('DIMENSION', 'assetId'));
	const time = sqlOf(column('TIMESTAMP'));
	const ids = groups.flatMap(({assetIds}) => assetIds.map(literal));
	const groupNumbers = groups.flatMap(({assetIds}, index) => assetIds.map(() => index));
	const conditions = [
		`(${values.map(sql => `${sql} IS NOT NULL`).join(' OR ')})`,
		...(request.from === undefined ? [] : [`${time} >= make_timestamp_ns(${request.from})`]),
		...(request.to === undefined ? [] : [`${time} < make_timestamp_ns(${request.to})`]),
	];
	const newest = `QUALIFY row_number() OVER (PARTITION BY ${asset} ORDER BY ${time} DESC) <= ${request.lastRows}`;
	const source = `FROM ${table.relation} s
		JOIN (SELECT unnest([${ids}]) AS asset, unnest([${groupNumbers}]) AS grp) w ON ${asset} = w.asset
		WHERE ${conditions.join(' AND ')} ${request.lastRows === undefined ? '' : newest}`;
	const head = [asset, sqlOf(column('DIMENSION', 'name')), `epoch_ns(${time})`];
	return {
		sql: `SELECT ${[...head, ...values]} ${source} ORDER BY ${asset}, ${time}, ${sqlOf(column('MEASURE_NAME'))}`,
		countSql: `SELECT count(*) FROM (SELECT 1 ${source})`,
		attributes,
		typeOf,
	};
}

type Group = {readonly names: ReadonlySet<string> | undefined; readonly assetIds: string[]};

/** The assets that exist, those of which the same attributes are wanted together. */
function groupsOf({assets}: StructuredRequest, wanted: readonly LastValue[]): readonly Group[] {
	const groups = new Map<string, Group>();
	for (const assetId of new Set(wanted.map(each => each.assetId))) {
		const names = assets.get(assetId);
		const same = names === undefined ? '' : JSON.stringify([...names].sort());
		const group = groups.get(same) ?? {names, assetIds: []};
		groups.set(same, group);
		group.assetIds.push(assetId);
	}
	return [...groups.values()];
}

/** An attribute may be a value of MULTI records, or a single measure, of one type or of several. */
function sourcesOf(
	name: string,
	table: Table,
	measures: readonly Measure[],
): {readonly sql: string; readonly type: ScalarType}[] {
	const multi = table.columns.filter(column => column.kind === 'MULTI' && column.name === name);
	const measureName = table.columns.find(({kind}) => kind === 'MEASURE_NAME')!;
	const singles = measures.flatMap(measure => {
		if (measure.measureName !== name || measure.dataType === 'MULTI') return [];
		return table.columns.filter(({kind, type}) => kind === 'MEASURE_VALUE' && type === measure.dataType);
	});
	const isThis = `s.${identifier(measureName.physical)} = ${literal(name)}`;
	return [
		...multi.map(column => ({sql: valueSql(column), type: column.type})),
		...singles.map(column => ({sql: `CASE WHEN ${isThis} THEN ${valueSql(column)} END`, type: column.type})),
	];
}

function valueSql({physical, type}: Column): string {
	const name = `s.${identifier(physical)}`;
	return type === 'TIMESTAMP' ? `epoch_ns(${name})` : name;
}

function key(assetId: string, attribute: string): string {
	return JSON.stringify([assetId, attribute]);
}
