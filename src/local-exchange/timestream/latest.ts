import type {Shape} from './layout.ts';
import {type Scalar, writeScalar} from './scalars.ts';
import type {ScalarType} from './types.ts';

/** The newest value of an attribute; grouped by asset, one for each attribute. */
export type LastValue = {
	readonly assetId: string;
	/** The newest that the asset has been given. */
	readonly name: string | null;
	readonly attribute: string;
	readonly type: ScalarType;
	/** As Timestream writes it. */
	readonly value: string;
	/** Epoch, ns. */
	readonly time: bigint;
};

export type Sample = {type: ScalarType; value: Scalar; time: bigint};

/** What is known of a time series without looking into its table. */
export type Series = {
	readonly shape: Shape;
	readonly measureName: string;
	readonly dimensions: Readonly<Record<string, string>>;
	/** Time of its newest record. */
	newest: bigint;
	/** The newest sample of each attribute. */
	samples: Map<string, Sample>;
};

/** The newest values of a database, kept in memory: what was committed and nothing else. */
export type Latest = {
	/** By `seriesKey`. */
	readonly series: ReadonlyMap<string, Series>;
	readonly add: (key: string, series: Series) => void;
	/** To be called when the samples of a series have changed. */
	readonly changed: (series: Series) => void;
	/** Sorted by asset. The same array until something changes. */
	readonly values: () => readonly LastValue[];
};

type Asset = {readonly assetId: string; readonly series: Series[]; values: readonly LastValue[] | undefined};

export function newLatest(): Latest {
	const series = new Map<string, Series>();
	const assets = new Map<string, Asset>();
	let sorted: readonly Asset[] | undefined;
	let all: readonly LastValue[] | undefined;
	const changed = ({dimensions}: Series): void => {
		assets.get(dimensions.assetId!)!.values = undefined;
		all = undefined;
	};
	return {
		series,
		changed,
		add: (key, added) => {
			const assetId = added.dimensions.assetId!;
			const asset = assets.get(assetId);
			if (asset === undefined) {
				assets.set(assetId, {assetId, series: [added], values: undefined});
				sorted = undefined;
			} else asset.series.push(added);
			series.set(key, added);
			changed(added);
		},
		values: () => {
			sorted ??= [...assets.values()].sort((a, b) => (a.assetId < b.assetId ? -1 : 1));
			all ??= sorted.flatMap(asset => (asset.values ??= valuesOf(asset)));
			return all;
		},
	};
}

function valuesOf({assetId, series}: Asset): readonly LastValue[] {
	let named: Series | undefined;
	const newest = new Map<string, Sample>();
	for (const each of series) {
		if (each.dimensions.name !== undefined && (named === undefined || each.newest >= named.newest))
			named = each;
		for (const [attribute, sample] of each.samples) {
			const known = newest.get(attribute);
			if (known === undefined || sample.time >= known.time) newest.set(attribute, sample);
		}
	}
	const name = named?.dimensions.name ?? null;
	return [...newest].map(([attribute, {type, value, time}]) => ({
		assetId,
		name,
		attribute,
		type,
		value: writeScalar(type, value),
		time,
	}));
}
