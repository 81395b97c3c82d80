import type {Column, Output} from '../../../shell/command.ts';
import {counted, readableCount} from '../../../shell/readable.ts';
import {timeUnits} from './cell-times.ts';
import type {ValueType} from './cell-types.ts';
import type {Plan} from './plan.ts';

/** Columns that a line names. */
const mostNamed = 12;

const columnColumns: readonly Column[] = [
	{field: 'column', as: 'text', header: 'column'},
	{field: 'type', as: 'text', header: 'type'},
	{field: 'samples', as: 'count', header: 'samples'},
	{field: 'example', as: 'text', header: 'example'},
	{field: 'typeFrom', as: 'text', header: 'type is'},
];
const timeColumns: readonly Column[] = [
	{field: 'column', as: 'text', header: 'time column'},
	{field: 'unit', as: 'text', header: 'in'},
	{field: 'rows', as: 'count', header: 'rows'},
	{field: 'first', as: 'instant', header: 'first'},
	{field: 'last', as: 'instant', header: 'last'},
];

/** What a plan was made from, as far as it is shown. */
export type Origins = {
	readonly timeColumn: string;
	/** The unit of the times was guessed. */
	readonly isGuessed: boolean;
	/** Some times are in the local zone. */
	readonly isLocal: boolean;
	/** Types of the asset's attributes. */
	readonly existing: ReadonlyMap<string, ValueType>;
	/** Types asked for. */
	readonly given: ReadonlyMap<string, ValueType>;
	/** Types that the file says. */
	readonly file: ReadonlyMap<string, ValueType>;
	/** Types of the database's attributes. */
	readonly database: ReadonlyMap<string, ValueType>;
};

/** What would be sent: the columns with their types, and the times. */
export function* preview(plan: Plan, origins: Origins, interactive: boolean): Generator<Output> {
	const {existing, given, file, database} = origins;
	const typeFrom = (name: string) => {
		if (existing.has(name)) return "the attribute's";
		if (given.has(name)) return 'asked for';
		if (file.has(name)) return "the file's";
		return database.has(name) ? "other assets'" : 'inferred';
	};
	yield {
		kind: 'records',
		records: plan.columns.map(({name, type, samples, example}) => ({
			column: name,
			type,
			samples,
			example,
			typeFrom: typeFrom(name),
		})),
		columns: columnColumns,
		layout: 'table',
		headers: true,
	};
	const times = {
		column: origins.timeColumn,
		unit: unitText(plan, origins),
		rows: plan.rows,
		first: isoOf(plan.first),
		last: isoOf(plan.last),
	};
	yield {
		kind: 'records',
		records: [times],
		columns: timeColumns,
		// Both times whole, however narrow the screen is.
		layout: interactive ? 'fields' : 'table',
		headers: true,
	};
}

/** The same in a line, for a script's log. */
export function previewLine(plan: Plan, origins: Origins): string {
	const named = plan.columns.slice(0, mostNamed).map(({name, type}) => `${name} ${type}`);
	const left = plan.columns.length - named.length;
	const columns = [...named, ...(left > 0 ? [`and ${readableCount(left)} more`] : [])].join(', ');
	return `${counted(plan.rows, 'row')}: ${columns}; ${origins.timeColumn} in ${unitText(plan, origins)}`;
}

function unitText({unit}: Plan, {isGuessed, isLocal}: Origins): string {
	if (unit !== undefined) return isGuessed ? `${timeUnits[unit]} (guessed)` : timeUnits[unit];
	return isLocal ? 'local time' : 'ISO 8601';
}

/** ISO 8601, UTC, of epoch ns. */
export function isoOf(ns: bigint): string {
	const ms = ns / 1_000_000n - (ns % 1_000_000n < 0n ? 1n : 0n);
	const date = new Date(Number(ms));
	if (Number.isNaN(date.getTime())) return `${ns} ns`;
	const rest = ns - ms * 1_000_000n;
	const iso = date.toISOString();
	return rest === 0n ? iso : `${iso.slice(0, -1)}${String(rest).padStart(6, '0')}Z`;
}
