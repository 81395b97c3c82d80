import {type Chosen, chooseSelection, chooseSeries} from './choose-series.ts';
import {selectedDatabase} from './databases.ts';
import {ShellError} from './errors.ts';
import {allowed, type Where} from './lookup.ts';
import type {Read} from './ports.ts';
import type {LatestValues} from './time-series.ts';

export {assetLabel, assetWord} from './asset-names.ts';
export type {Chosen} from './choose-series.ts';
export {resolveDatabase, selectedDatabase} from './databases.ts';
export {findAsset, findAttribute} from './find-asset.ts';

/** What makes the first asset of a database. */
export const firstAsset = '`publish ASSET kW=412.5 --new` makes one';

/** Assets, each once, with those of their attributes that are meant. */
export type Selection = {readonly latest: LatestValues; readonly chosen: readonly Chosen[]};

/**
 * What words of kind `series` stand for in the selected database. A word that names an asset chooses it,
 * whatever attributes are called; every other word is an attribute, of all assets chosen or, without any, of
 * all there are. Without an attribute all of them are meant. An asset that lacks what another has is left
 * out. A name that cached values lack is asked for before it counts as missing. Throws `usage` without a
 * database, `not-found`, `ambiguous`.
 */
export async function resolveSeries(where: Where, words: readonly string[], read?: Read): Promise<Selection> {
	return withFresh(where, read, latest => ({latest, chosen: chooseSeries(latest.assets, words)}));
}

/**
 * What words of kind `selection` stand for: `ASSET`, or `ASSET:ATTRIBUTE,ATTRIBUTE`. Names may hold colons
 * and commas: the longest name that fits counts. Throws as `resolveSeries`.
 */
export async function resolveSelection(
	where: Where,
	words: readonly string[],
	read?: Read,
): Promise<Selection> {
	return withFresh(where, read, latest => ({latest, chosen: chooseSelection(latest.assets, words)}));
}

/** Looks names up in what is cached, and once more in what the Exchange says when one is missing. */
async function withFresh<T>(
	where: Where,
	read: Read | undefined,
	look: (latest: LatestValues) => T,
): Promise<T> {
	const latest = await knownAssets(where, read);
	try {
		return look(latest);
	} catch (thrown) {
		const isMissing = thrown instanceof ShellError && thrown.code === 'not-found';
		if (!isMissing || read?.maxAge === 0) throw thrown;
		const {fetchedAt} = latest;
		const fresh = await knownAssets(where, {...read, maxAge: 0});
		if (fresh === latest && fresh.fetchedAt === fetchedAt) throw thrown;
		return look(fresh);
	}
}

/**
 * The latest values of the selected database, for looking names up: of any age where they are cached, unless
 * `read` says otherwise. Throws as `selectedDatabase` does.
 */
export async function knownAssets(where: Where, read?: Read): Promise<LatestValues> {
	const {timeSeriesDbId, name} = selectedDatabase(where);
	const {timeSeries} = where.exchange;
	const cached = timeSeries.cachedLatest(timeSeriesDbId);
	if (cached?.isComplete && read?.maxAge === undefined) return cached;
	return allowed(name, timeSeries.latest(timeSeriesDbId, {signal: where.signal, ...read}));
}
