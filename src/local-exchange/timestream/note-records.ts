import type {CheckedRecord} from './check-record.ts';
import type {Accepted} from './conflicts.ts';
import type {Latest, Series} from './latest.ts';
import type {Layout} from './layout.ts';

/** Takes a committed record into the newest values. */
export function noteRecord(layout: Layout, latest: Latest, record: CheckedRecord): void {
	const {source, form, series: key, values} = record;
	const {time} = source;
	let series = latest.series.get(key);
	if (series === undefined) {
		const {measureName, dimensions} = source;
		const shape = layout.shapes.get(form.shape)!;
		series = {shape, measureName, dimensions, newest: time, samples: new Map()};
		latest.add(key, series);
	}
	if (time > series.newest) series.newest = time;
	for (let index = 0; index < values.length; index++) {
		const attribute = form.attributes[index]!;
		const {type} = form.measures[index]!;
		const known = series.samples.get(attribute);
		if (known === undefined) series.samples.set(attribute, {type, value: values[index]!, time});
		else if (time >= known.time) {
			known.type = type;
			known.value = values[index]!;
			known.time = time;
		}
	}
	latest.changed(series);
}

/** The series in which a replaced record held the newest sample of an attribute that its successor lacks. */
export function bereavedSeries(latest: Latest, accepted: readonly Accepted[]): ReadonlyMap<string, Series> {
	const bereaved = new Map<string, Series>();
	for (const {record, stored} of accepted) {
		if (stored === undefined) continue;
		const series = latest.series.get(record.series)!;
		const {source, form} = record;
		for (const attribute of stored.values.keys()) {
			const isNewest = series.samples.get(attribute)?.time === source.time;
			if (isNewest && !form.attributes.includes(attribute)) bereaved.set(record.series, series);
		}
	}
	return bereaved;
}
