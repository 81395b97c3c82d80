import type {Asset, Attribute, MeasureValueType} from '../../src/shell/time-series.ts';

/** 2026-11-21 14:00 UTC. */
export const now = Date.UTC(2026, 10, 21, 14);

/** `seconds` before `now`, as the Exchange writes times. */
export const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

export function attribute(
	name: string,
	lastValue: string | null,
	seconds = 5,
	attributeType: MeasureValueType = 'DOUBLE',
): Attribute {
	return {name, attributeType, lastValue, lastValueTime: lastValue === null ? null : ago(seconds)};
}

export function asset(name: string | null, ...attributes: readonly Attribute[]): Asset {
	return {assetId: `id-${name ?? 'unnamed'}`, name, attributes};
}
