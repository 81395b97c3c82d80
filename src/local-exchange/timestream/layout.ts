import type {Column, Measure} from './types.ts';

/** A table of records that look alike: those of one MULTI measure name, or all single measures of one type. */
export type Shape = {
	/** Its table is `shapeN`. */
	readonly id: number;
	readonly key: string;
	/** Of MULTI records; undefined for single measures, which have a column `measure_name`. */
	readonly measureName: string | undefined;
	/** Its dimensions and measures by name, in the order of its table, where they come last. */
	readonly columns: Map<string, Column>;
};

/** How the records of one database are laid out in tables. Grows, never shrinks. */
export type Layout = {
	/** Dimensions and measures by name, in the order they came. */
	readonly columns: Map<string, Column>;
	/** By key. */
	readonly shapes: Map<string, Shape>;
	/** By name and type, in the order they came. */
	readonly measures: Map<
		string,
		{readonly measureName: string; readonly dataType: Measure['dataType']; readonly dimensions: Set<string>}
	>;
};

/** What a layout has and the file does not have yet. */
export type Growth = {
	readonly columns: Column[];
	readonly shapes: Shape[];
	readonly shapeColumns: {readonly shape: Shape; readonly column: Column}[];
	readonly measureDimensions: (Pick<Measure, 'measureName' | 'dataType'> & {readonly dimension: string})[];
};

export function emptyLayout(): Layout {
	return {columns: new Map(), shapes: new Map(), measures: new Map()};
}

export function noGrowth(): Growth {
	return {columns: [], shapes: [], shapeColumns: [], measureDimensions: []};
}

export function hasGrown(growth: Growth): boolean {
	return growth.shapeColumns.length > 0 || growth.measureDimensions.length > 0;
}

export function measureKey(measureName: string, dataType: Measure['dataType']): string {
	return `${dataType} ${measureName}`;
}
