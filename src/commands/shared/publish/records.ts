import type {SampleRecord} from '../../../shell/time-series.ts';
import {type EpochUnit, epochNs, readTime} from './cell-times.ts';
import {isStorable, sentText, type ValueType} from './cell-types.ts';
import type {Plan} from './plan.ts';
import type {FileRow} from './row.ts';

/** How records are made, besides what the file says. */
export type RecordStyle = {
	/** Of the records with all values of a row; undefined: a record for each value. */
	readonly measureName: string | undefined;
	readonly version: number;
};

const nsPerMs = 1_000_000n;

/** The records of a row, of which there are none where it has no value. Undefined where it does not fit the plan. */
export function recordsOf(row: FileRow, plan: Plan, style: RecordStyle): readonly SampleRecord[] | undefined {
	const ns = momentOf(row.cells[plan.timePlace] ?? '', plan.unit);
	if (ns === undefined) return undefined;
	const given: Given[] = [];
	for (const {place, name, type} of plan.columns) {
		const cell = row.cells[place] ?? '';
		if (cell.trim() === '') continue;
		if (!isStorable(type, cell)) return undefined;
		given.push({name, type, cell});
	}
	return recordsAt(ns, given, style);
}

/** A value as it was written. */
export type Given = {readonly name: string; readonly type: ValueType; readonly cell: string};

/** One record with all values, or one for each. Times are sent in ms where they are whole ones. */
export function recordsAt(
	ns: bigint,
	given: readonly Given[],
	{measureName, version}: RecordStyle,
): readonly SampleRecord[] {
	if (given.length === 0) return [];
	// Values of type TIMESTAMP are sent in the unit of the record's time.
	const moments = new Map(
		given.flatMap(({name, type, cell}) =>
			type === 'TIMESTAMP' ? [[name, momentOf(cell, undefined)!] as const] : [],
		),
	);
	const isWhole = [ns, ...moments.values()].every(moment => moment % nsPerMs === 0n);
	const unit = isWhole ? nsPerMs : 1n;
	const values = given.map(({name, type, cell}) => ({
		name,
		type,
		value: type === 'TIMESTAMP' ? String(moments.get(name)! / unit) : sentText(type, cell),
	}));
	const record = {
		time: String(ns / unit),
		timeUnit: isWhole ? ('MILLISECONDS' as const) : ('NANOSECONDS' as const),
		version,
	};
	return measureName === undefined
		? values.map(value => ({...record, values: [value]}))
		: [{...record, measureName, values}];
}

function momentOf(cell: string, unit: EpochUnit | undefined): bigint | undefined {
	const time = readTime(cell);
	if (!time) return undefined;
	if (time.kind === 'moment') return unit === undefined ? time.ns : undefined;
	return unit === undefined ? undefined : epochNs(time, unit);
}
