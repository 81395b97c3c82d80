import {ShellError} from '../../shell/errors.ts';
import type {Datum, Sample, SamplesRequest, TimeSeries} from '../../shell/time-series.ts';
import {duration, identifier, literal, moment} from './sql-text.ts';
import {measureColumn, type TableShape, type TableShapes} from './table-shape.ts';
import {toInstant} from './times.ts';

type Sources = {
	readonly query: TimeSeries['query'];
	readonly shapes: TableShapes;
	/** An asset's name, where it is known. */
	readonly nameOf: (timeSeriesDbId: string, assetId: string) => string | undefined;
};

/** Samples by SQL: the structured query would answer with files in a form nobody has written down. */
export function createSamples({query, shapes, nameOf}: Sources): TimeSeries['samples'] {
	return async function* samples(request, call = {}) {
		const {database, assetId, limit = Number.POSITIVE_INFINITY} = request;
		if (limit <= 0) return;
		const name = nameOf(database.timeSeriesDbId, assetId);
		const queryString =
			samplesSql(await shapes.shape(database, call), request, name) ??
			samplesSql(await shapes.shape(database, call, true), request, name);
		if (queryString === undefined) {
			throw new ShellError('not-found', `${request.attribute.name}: no such attribute of ${name ?? assetId}`);
		}
		let left = limit;
		for await (const {rows} of query({database, queryString}, call)) {
			const page = rows.flatMap(toSamples).slice(0, left);
			left -= page.length;
			if (page.length > 0) yield page;
			if (left <= 0) return;
		}
	};
}

/** Undefined when the table has no column for the attribute. */
function samplesSql(
	shape: TableShape,
	request: Omit<SamplesRequest, 'database'>,
	name: string | undefined,
): string | undefined {
	const {assetId, attribute, from, to, every, aggregate = 'last', limit} = request;
	const value = sourceOf(shape, attribute);
	if (!value) return undefined;
	const asset = shape.asset.holds === 'name' ? (name ?? assetId) : assetId;
	const where = [
		`${identifier(shape.asset.column)} = ${literal(asset)}`,
		`time >= ${moment(from)}`,
		`time < ${moment(to)}`,
		value.exists,
	].join(' AND ');
	const end = limit === undefined ? '' : ` LIMIT ${Math.ceil(limit)}`;
	if (every === undefined) {
		return `SELECT time, ${value.column} FROM ${shape.table} WHERE ${where} ORDER BY time${end}`;
	}
	const interval = `bin(time, ${duration(every)})`;
	const reduced = {
		avg: `avg(${value.column})`,
		min: `min(${value.column})`,
		max: `max(${value.column})`,
		sum: `sum(${value.column})`,
		last: `max_by(${value.column}, time)`,
		count: `count(${value.column})`,
		extremes: ['min', 'max']
			.map(which => `${which}_by(time, ${value.column}), ${which}(${value.column})`)
			.join(', '),
	}[aggregate];
	return `SELECT ${interval}, ${reduced} FROM ${shape.table} WHERE ${where} GROUP BY ${interval} ORDER BY ${interval}${end}`;
}

/**
 * An attribute is a column of records with several measures, or a record's single measure, or at one asset
 * the one and at another the other.
 */
function sourceOf(
	{measures}: TableShape,
	{name, attributeType}: SamplesRequest['attribute'],
): {readonly column: string; readonly exists: string} | undefined {
	const multi = measures.find(measure => measure.isMulti && measure.name === name);
	const single = measures.find(({type, isMulti}) => !isMulti && type === attributeType);
	const sources = [
		...(multi ? [{column: measureColumn(multi), where: ''}] : []),
		...(single ? [{column: measureColumn(single), where: `measure_name = ${literal(name)} AND `}] : []),
	];
	if (sources.length === 0) return undefined;
	const columns = sources.map(({column}) => column);
	const exist = sources.map(({column, where}) => `(${where}${column} IS NOT NULL)`);
	return {
		column: columns.length === 1 ? columns[0]! : `coalesce(${columns.join(', ')})`,
		exists: exist.length === 1 ? exist[0]! : `(${exist.join(' OR ')})`,
	};
}

/** One sample of a row, or of `extremes` the two, the earlier first. */
function toSamples([start, ...data]: readonly Datum[]): readonly Sample[] {
	if (data.length === 1) return sampleOf(start, data[0]);
	const [low, high] = [sampleOf(data[0], data[1]), sampleOf(data[2], data[3])].flat();
	if (!low || !high || low.timestamp === high.timestamp) return low ? [low] : [];
	return low.timestamp.slice(0, -1) < high.timestamp.slice(0, -1) ? [low, high] : [high, low];
}

function sampleOf(time: Datum | undefined, value: Datum | undefined): readonly Sample[] {
	const timestamp = typeof time === 'string' ? toInstant(time) : null;
	return timestamp !== null && typeof value === 'string' ? [{timestamp, value}] : [];
}
