import type {MeasureValueType} from './time-series.ts';

/** Whether values of a type are numbers. */
export function isNumericType(type: MeasureValueType | string): boolean {
	return type === 'DOUBLE' || type === 'BIGINT';
}

/** Whether an attribute's values are numbers. */
export function isNumeric({attributeType}: {readonly attributeType: MeasureValueType}): boolean {
	return isNumericType(attributeType);
}

/** A number as the Exchange writes it; null for what is none, such as `NaN`. */
export function numberOf(text: string): number | null {
	const value = text.trim() === '' ? Number.NaN : Number(text);
	return Number.isFinite(value) ? value : null;
}
