import type {CheckedRecord} from './check-record.ts';
import {type Accepted, attributeOf} from './conflicts.ts';
import type {Latest, Series} from './latest.ts';
import type {Layout} from './layout.ts';

/** Takes a committed record into the newest values. */
export function noteRecord(
	layout: Layout,
	latest: Latest,
	{source, series: key, shape, values}: CheckedRecord,
): void {
	let series = latest.series.get(key);
	if (series === undefined) {
		const {measureName, dimensions, time} = source;
		series = {shape: layout.shapes.get(shape)!, measureName, dimensions, newest: time, samples: new Map()};
		latest.add(key, series);
	}
	const {time} = source;
	if (time > series.newest) series.newest = time;
	for (const [index, {name, type}] of source.values.entries()) {
		const attribute = attributeOf(source, name);
		const known = series.samples.get(attribute);
		if (known === undefined || time >= known.time) {
			series.samples.set(attribute, {type, value: values[index]!, time});
		}
	}
	latest.changed(series);
}

/** The series in which a replaced record held the newest sample of an attribute that its successor lacks. */
export function bereavedSeries(latest: Latest, accepted: readonly Accepted[]): ReadonlyMap<string, Series> {
	const bereaved = new Map<string, Series>();
	for (const {record, stored} of accepted) {
		const series = latest.series.get(record.series);
		if (stored === undefined || series === undefined) continue;
		const {source} = record;
		const kept = new Set(source.values.map(({name}) => attributeOf(source, name)));
		for (const attribute of stored.values.keys()) {
			const isNewest = series.samples.get(attribute)?.time === source.time;
			if (isNewest && !kept.has(attribute)) bereaved.set(record.series, series);
		}
	}
	return bereaved;
}
