import type {Asset, LatestValues} from '../../shell/time-series.ts';

/** Orders of the assets: by name; newest or oldest sample first; largest last change first. */
const seriesSorts = ['name', 'newest', 'oldest', 'change'] as const;

export type SeriesSort = (typeof seriesSorts)[number];

/** An asset's row, or with an attribute that attribute's row beneath it. */
export type SeriesPlace = {readonly assetId: string; readonly attribute?: string};

/** What the pane of latest values remembers; the values themselves are in the cache. */
export type Series = {
	/** The row that the keys act on. */
	readonly selected: SeriesPlace | undefined;
	/** Ids of the assets shown with their attributes. */
	readonly unfolded: ReadonlySet<string>;
	/** Marked attributes by asset, in the order of marking; an empty list: the asset itself. */
	readonly marked: ReadonlyMap<string, readonly string[]>;
	/** Undefined: no filter. */
	readonly filter: string | undefined;
	/** The filter is being typed. */
	readonly isTyping: boolean;
	readonly sort: SeriesSort;
};

export const emptySeries: Series = {
	selected: undefined,
	unfolded: new Set(),
	marked: new Map(),
	filter: undefined,
	isTyping: false,
	sort: 'name',
};

export function seriesFolded(series: Series, assetId: string, isUnfolded: boolean): Series {
	const unfolded = new Set(series.unfolded);
	if (isUnfolded) unfolded.add(assetId);
	else unfolded.delete(assetId);
	return {...series, unfolded};
}

/** Marks the place, or takes its mark away. */
export function seriesMarked(series: Series, {assetId, attribute}: SeriesPlace): Series {
	const marked = new Map(series.marked);
	const before = marked.get(assetId);
	if (attribute === undefined) {
		if (before) marked.delete(assetId);
		else marked.set(assetId, []);
		return {...series, marked};
	}
	const after = before?.includes(attribute)
		? before.filter(name => name !== attribute)
		: [...(before ?? []), attribute];
	if (after.length > 0) marked.set(assetId, after);
	else marked.delete(assetId);
	return {...series, marked};
}

export function isMarked({marked}: Series, {assetId, attribute}: SeriesPlace): boolean {
	const attributes = marked.get(assetId);
	if (!attributes) return false;
	return attribute === undefined ? attributes.length === 0 : attributes.includes(attribute);
}

export function nextSort(sort: SeriesSort): SeriesSort {
	return seriesSorts[(seriesSorts.indexOf(sort) + 1) % seriesSorts.length]!;
}

/** The asset whose latest value is worth a look when the pane is out of sight: the marked, else the selected one. */
export function watchedAsset(
	{marked, selected}: Series,
	latest: LatestValues | undefined,
): Asset | undefined {
	const id = marked.keys().next().value ?? selected?.assetId;
	return id === undefined ? undefined : latest?.assets.find(({assetId}) => assetId === id);
}
