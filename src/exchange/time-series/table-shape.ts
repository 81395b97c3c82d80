import {ShellError} from '../../shell/errors.ts';
import type {Call} from '../../shell/ports.ts';
import type {TimeSeries, TimeSeriesDb} from '../../shell/time-series.ts';
import {createSharedWork} from '../shared-work.ts';
import {identifier} from './sql-text.ts';

/** How a database's table is laid out. */
export type TableShape = {
	/** As SQL names it. */
	readonly table: string;
	/** The column that tells assets apart, and what of an asset is in it. */
	readonly asset: {readonly column: string; readonly holds: 'assetId' | 'name'};
	/** Columns of records with several measures, and those such as `measure_value::double`. */
	readonly measures: readonly {
		readonly name: string;
		readonly type: Uppercase<string>;
		readonly isMulti: boolean;
	}[];
};

export type TableShapes = {
	/**
	 * Asked for once; again with `anew`, as attributes may have come since. Throws `unsupported` where the
	 * Exchange does not say what SQL calls the database.
	 */
	readonly shape: (database: TimeSeriesDb, call?: Call, anew?: true) => Promise<TableShape>;
	readonly forget: () => void;
};

export function createTableShapes(query: TimeSeries['query']): TableShapes {
	const shapes = new Map<string, TableShape>();
	const work = createSharedWork<TableShape>();
	const describe = async (database: TimeSeriesDb, signal: AbortSignal): Promise<TableShape> => {
		const {databaseName, tableName, name} = database;
		if (!databaseName || !tableName) {
			throw new ShellError('unsupported', `${name}: the Exchange does not say what SQL calls it`);
		}
		const table = `${identifier(databaseName)}.${identifier(tableName)}`;
		const columns: Column[] = [];
		for await (const {rows} of query({database, queryString: `DESCRIBE ${table}`}, {signal})) {
			columns.push(...rows.map(([column, type, role]) => [text(column), text(type), text(role)] as const));
		}
		const shape = {table, ...layout(columns, name)};
		shapes.set(database.timeSeriesDbId, shape);
		return shape;
	};
	return {
		shape: async (database, {signal} = {}, anew) => {
			const known = anew ? undefined : shapes.get(database.timeSeriesDbId);
			return known ?? work.join(database.timeSeriesDbId, signal, stop => describe(database, stop));
		},
		forget: () => {
			work.detach();
			shapes.clear();
		},
	};
}

/** Name, type, and `Timestream attribute type`. */
type Column = readonly [name: string, type: string, role: string];

function layout(columns: readonly Column[], database: string): Omit<TableShape, 'table'> {
	const dimensions = columns.filter(([, , role]) => role.toUpperCase() === 'DIMENSION').map(([name]) => name);
	const called = (...names: readonly string[]) =>
		dimensions.find(name => names.includes(name.toLowerCase().replace(/[_-]/g, '')));
	const byId = called('assetid') ?? called('asset');
	const byName = called('name');
	const column = byId ?? byName;
	if (column === undefined) {
		throw new ShellError('unsupported', `${database}: its table does not tell assets apart`);
	}
	return {
		asset: {column, holds: byId === undefined ? 'name' : 'assetId'},
		measures: columns
			.filter(([, , role]) => /^(MULTI|MEASURE_VALUE)$/i.test(role))
			.map(([name, type]) => ({
				name,
				type: type.toUpperCase() as Uppercase<string>,
				isMulti: !name.startsWith('measure_value::'),
			})),
	};
}

function text(datum: unknown): string {
	return typeof datum === 'string' ? datum : '';
}

/** A measure's column as SQL has it. Timestream knows `measure_value::double` without quotes. */
export function measureColumn({name, isMulti}: TableShape['measures'][number]): string {
	return isMulti || !/^measure_value::[a-z]+$/.test(name) ? identifier(name) : name;
}
