import type {MeasureValueType} from '../../../shell/time-series.ts';
import {readTime} from './cell-times.ts';

/** The type of one value. */
export type ValueType = Exclude<MeasureValueType, 'MULTI'>;

export const valueTypes: readonly ValueType[] = ['BIGINT', 'DOUBLE', 'BOOLEAN', 'TIMESTAMP', 'VARCHAR'];

const integer = /^[+-]?\d+$/;
/** 007 is a name rather than a number. */
const plainInteger = /^[+-]?(0|[1-9]\d*)$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const boolean = /^(true|false)$/i;
const unreal = /^[+-]?(nan|inf|infinity|∞)$/i;

/** The types a cell alone could be taken for, besides VARCHAR, which takes all. */
export function typesOf(cell: string): readonly ValueType[] {
	const text = cell.trim();
	if (decimal.test(text)) {
		if (integer.test(text) && !plainInteger.test(text)) return [];
		return isStorable('BIGINT', text) ? bigintTypes : isStorable('DOUBLE', text) ? doubleTypes : [];
	}
	if (boolean.test(text)) return booleanTypes;
	return readTime(text)?.kind === 'moment' ? timestampTypes : [];
}

const bigintTypes: readonly ValueType[] = ['BIGINT', 'DOUBLE'];
const doubleTypes: readonly ValueType[] = ['DOUBLE'];
const booleanTypes: readonly ValueType[] = ['BOOLEAN'];
const timestampTypes: readonly ValueType[] = ['TIMESTAMP'];

/** Whether a cell is a number that no series can hold, such as NaN or 1e999. */
export function isUnreal(cell: string): boolean {
	const text = cell.trim();
	return unreal.test(text) || (decimal.test(text) && !Number.isFinite(Number(text)));
}

/** Whether a cell can be sent as a value of that type. */
export function isStorable(type: ValueType, cell: string): boolean {
	const text = cell.trim();
	switch (type) {
		case 'BIGINT': {
			if (!integer.test(text)) return false;
			if (text.length < 19) return true;
			const value = BigInt(text.replace('+', ''));
			return BigInt.asIntN(64, value) === value;
		}
		case 'DOUBLE':
			return decimal.test(text) && Number.isFinite(Number(text));
		case 'BOOLEAN':
			return boolean.test(text);
		case 'TIMESTAMP':
			return readTime(text)?.kind === 'moment';
		case 'VARCHAR':
			return true;
	}
}

/** Why `isStorable` says no; `whence`: why it is that type. */
export function misfit(type: ValueType, cell: string, whence?: string): string {
	const text = cell.trim();
	const wanted = whence === undefined ? `(${type})` : `(${type}, ${whence})`;
	if (unreal.test(text)) return 'cannot be stored: leave the cell empty where there is no value';
	switch (type) {
		case 'BIGINT':
			return integer.test(text) ? 'is beyond BIGINT, 64 bits' : `is no whole number ${wanted}`;
		case 'DOUBLE':
			return decimal.test(text) ? 'is beyond DOUBLE, 1.8e308' : `is no number ${wanted}`;
		case 'BOOLEAN':
			return `is neither true nor false ${wanted}`;
		default:
			return `is no time such as 2026-01-01T14:30Z ${wanted}`;
	}
}

/** A number or boolean as it is sent; texts stay as they are. */
export function sentText(type: ValueType, cell: string): string {
	if (type === 'VARCHAR') return cell;
	const text = cell.trim();
	return type === 'BOOLEAN' ? text.toLowerCase() : text.replace(/^\+/, '');
}
