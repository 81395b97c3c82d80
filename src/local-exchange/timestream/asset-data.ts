import {isoTime} from './moments.ts';
import {readScalar, writeScalar} from './scalars.ts';
import type {ScalarType, StoredRecord} from './types.ts';

/** The API's `TimeSeriesDbAssetData`. */
export type AssetData = {
	readonly assetId: string;
	readonly name: string | null;
	readonly attributes: readonly AttributeData[];
};

/** The API's `AssetAttribute`: all values are text, all times ISO 8601, UTC. */
export type AttributeData = {
	readonly name: string;
	readonly attributeType: string;
	readonly lastValue: string;
	readonly lastValueTime: string;
	readonly data: readonly {readonly timestamp: string; readonly value: string}[];
};

/** What stored `records` hold, by asset and attribute; the last value is the newest among them. */
export function assetDataOf(records: readonly StoredRecord[]): AssetData[] {
	const byAsset = Map.groupBy(records, ({dimensions}) => dimensions.assetId ?? '');
	return [...byAsset].map(([assetId, own]) => ({
		assetId,
		name: own.findLast(({dimensions}) => dimensions.name !== undefined)?.dimensions.name ?? null,
		attributes: attributesOf(own),
	}));
}

function attributesOf(records: readonly StoredRecord[]): AttributeData[] {
	const samples = records.flatMap(({time, values}) =>
		values.map(value => ({...value, time, value: written(value.type, value.value)})),
	);
	return [...Map.groupBy(samples, ({name}) => name)].map(([name, own]) => {
		const newest = own.reduce((a, b) => (b.time >= a.time ? b : a));
		return {
			name,
			attributeType: newest.type,
			lastValue: newest.value,
			lastValueTime: isoTime(newest.time),
			data: own.map(({time, value}) => ({timestamp: isoTime(time), value})),
		};
	});
}

/** As queries would answer with it, however it was sent. */
function written(type: ScalarType, text: string): string {
	const value = readScalar(type, text);
	return value === undefined ? text : writeScalar(type, value);
}
