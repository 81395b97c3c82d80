import type {Asset, LatestValues} from '../../shell/time-series.ts';

/** When and how much values have changed; kept beside the screen's state, since it is over in a second. */
export type SeriesChanges = {
	/** Compares with what it was given before. */
	readonly take: (latest: LatestValues) => void;
	/** Whether the value changed within the last second. */
	readonly isFresh: (assetId: string, attribute: string) => boolean;
	/** The last change of any attribute of the asset, as a share of the larger value; 0 when none was seen. */
	readonly sizeOf: (assetId: string) => number;
	readonly clear: () => void;
};

/** How long a change lights up, ms. */
const glow = 1_000;

/** `onFade` is told when the last of the changes has grown old. */
export function createSeriesChanges(onFade: () => void): SeriesChanges {
	let seen: LatestValues | undefined;
	let timer: NodeJS.Timeout | undefined;
	/** By asset: the monotonic time of each attribute's change. */
	const times = new Map<string, Map<string, number>>();
	const sizes = new Map<string, number>();

	const note = (asset: Asset, before: Asset | undefined, at: number): boolean => {
		const old = new Map(before?.attributes.map(({name, lastValue}) => [name, lastValue]));
		let hasChanged = false;
		for (const {name, lastValue} of asset.attributes) {
			const previous = old.get(name) ?? null;
			if (lastValue === null || lastValue === previous) continue;
			const changed = times.get(asset.assetId) ?? new Map<string, number>();
			times.set(asset.assetId, changed.set(name, at));
			sizes.set(asset.assetId, shareOf(previous, lastValue));
			hasChanged = true;
		}
		return hasChanged;
	};

	return {
		take: latest => {
			const before = seen;
			seen = latest;
			// What comes with a further page is not new.
			if (before?.timeSeriesDbId !== latest.timeSeriesDbId || !before.isComplete) return;
			const at = performance.now();
			let byId: Map<string, Asset> | undefined;
			let hasChanged = false;
			for (const [place, asset] of latest.assets.entries()) {
				if (asset === before.assets[place]) continue;
				const there = before.assets[place];
				byId ??= there?.assetId === asset.assetId ? byId : indexed(before.assets);
				const old = there?.assetId === asset.assetId ? there : byId?.get(asset.assetId);
				if (asset !== old) hasChanged = note(asset, old, at) || hasChanged;
			}
			if (!hasChanged) return;
			clearTimeout(timer);
			timer = setTimeout(() => {
				times.clear();
				onFade();
			}, glow).unref();
		},
		isFresh: (assetId, attribute) => {
			const at = times.get(assetId)?.get(attribute);
			return at !== undefined && performance.now() - at < glow;
		},
		sizeOf: assetId => sizes.get(assetId) ?? 0,
		clear: () => {
			clearTimeout(timer);
			seen = undefined;
			times.clear();
			sizes.clear();
		},
	};
}

function indexed(assets: readonly Asset[]): Map<string, Asset> {
	return new Map(assets.map(asset => [asset.assetId, asset]));
}

/** 0 to 2; 1 for what is no number, or was not there. */
function shareOf(before: string | null, after: string): number {
	const [old, now] = [Number(before ?? Number.NaN), Number(after)];
	const larger = Math.max(Math.abs(old), Math.abs(now));
	return larger > 0 ? Math.abs(now - old) / larger : larger === 0 ? 0 : 1;
}
