import {isNumericType} from '../../shell/numeric.ts';
import type {Asset} from '../../shell/time-series.ts';
import {identifier, literal, moment} from './sql-text.ts';
import {measureColumn, type TableShape} from './table-shape.ts';
import {isBefore} from './times.ts';

/** An asset's numeric attributes, and when the newest sample of any of them was taken. */
export type Wanted = {readonly asset: Asset; readonly numeric: readonly string[]; readonly newest: number};

/** Undefined for an asset without numbers. */
export function wantedOf(asset: Asset): Wanted | undefined {
	const numeric = asset.attributes.filter(({attributeType}) => isNumericType(attributeType));
	const newest = numeric.reduce<string | null>(
		(latest, {lastValueTime}) => (isBefore(latest, lastValueTime) ? lastValueTime : latest),
		null,
	);
	if (newest === null) return undefined;
	return {asset, numeric: numeric.map(({name}) => name), newest: Date.parse(newest)};
}

/** Columns of an answer: the asset, the measure's name, the time, then these. */
export type RecentQuery = {
	readonly queryString: string;
	readonly measures: TableShape['measures'];
};

/**
 * The newest `count` rows of each measure of some assets, in order of time, as far back as `window` ms before
 * the newest, or without a bound. Undefined when the table has no column for any of them.
 */
export function recentSql(
	shape: TableShape,
	wanted: readonly Wanted[],
	{count, window}: {readonly count: number; readonly window: number},
): RecentQuery | undefined {
	const names = new Set(wanted.flatMap(({numeric}) => numeric));
	const measures = shape.measures.filter(
		({name, type, isMulti}) => isNumericType(type) && (!isMulti || names.has(name)),
	);
	if (measures.length === 0) return undefined;
	const asset = identifier(shape.asset.column);
	const columns = [asset, 'measure_name', 'time', ...measures.map(measureColumn)].join(', ');
	const which = wanted.map(({asset: {assetId, name}, newest}) => {
		const value = shape.asset.holds === 'name' ? (name ?? assetId) : assetId;
		const since = Number.isFinite(window) ? ` AND time >= ${moment(newest - window)}` : '';
		return `(${asset} = ${literal(value)}${since})`;
	});
	const hasNumber = measures.map(measure => `${measureColumn(measure)} IS NOT NULL`).join(' OR ');
	const queryString = [
		`SELECT ${columns} FROM (`,
		`SELECT ${columns}, row_number() OVER (PARTITION BY ${asset}, measure_name ORDER BY time DESC) AS place`,
		`FROM ${shape.table} WHERE (${which.join(' OR ')}) AND (${hasNumber})`,
		`) WHERE place <= ${count} ORDER BY time`,
	].join(' ');
	return {queryString, measures};
}
