import type {ScalarType, StoredRecord} from '../timestream/types.ts';

/** Epoch ms as ns. */
export function nanoseconds(ms: number): bigint {
	return BigInt(ms) * 1_000_000n;
}

/** Named values; an empty one is none. */
export function measures(
	values: readonly (readonly [name: string, type: ScalarType, value: string | undefined])[],
): StoredRecord['values'] {
	return values.flatMap(([name, type, value]) => (value ? [{name, type, value}] : []));
}

/** A record of an asset that bears nothing but an id and a name. One value makes it a single measure. */
export function record(
	asset: {readonly assetId: string; readonly name: string},
	measureName: string,
	date: string,
	values: StoredRecord['values'],
): StoredRecord {
	return {
		dimensions: asset,
		measureName,
		time: nanoseconds(Date.parse(`${date.slice(0, 10)}T${date.slice(11) || '00:00:00'}Z`)),
		version: 1n,
		multi: values.length > 1,
		values,
	};
}
