import type {Earlier} from './argument-at.ts';
import {assetsNamed} from './asset-names.ts';
import {splitSelection} from './choose-series.ts';
import {completeAssets} from './complete-assets.ts';
import {completeAttributes} from './complete-attributes.ts';
import {type CompletionSources, joinOffers, nothing, type Offer} from './completion.ts';
import {nameMatcher} from './glob.ts';
import {quoteWord} from './quote.ts';
import {indexNames, rankNames} from './rank.ts';
import type {Asset, TimeSeriesDb} from './time-series.ts';

/** Databases by name; several of one name by id. */
export function completeDatabases(text: string, sources: CompletionSources): Offer {
	const databases = sources.databases();
	if (!databases) return {...nothing, pending: databases === undefined};
	const {matches, ...ranked} = rankNames(indexNames(databases.map(({name}) => name)), text);
	const candidates = matches.map(({place, indexes}) => {
		const {name, timeSeriesDbId, description} = databases[place]!;
		const isOnly = databases.filter((other: TimeSeriesDb) => other.name === name).length === 1;
		return {
			insert: isOnly ? `${quoteWord(name)} ` : `id:${timeSeriesDbId} `,
			label: name,
			kind: 'database' as const,
			...(description && {summary: description}),
			indexes,
		};
	});
	return {...ranked, candidates, pending: false};
}

/** What a word about the selected database may become, with the latest values: assets, or attributes of those before. */
export function completeSeries(
	text: string,
	kind: 'asset' | 'attribute' | 'series' | 'selection',
	sources: CompletionSources,
	earlier: readonly Earlier[],
): Offer {
	const {database} = sources.session;
	if (!database) return withoutDatabase(sources);
	const latest = sources.latest(database.timeSeriesDbId);
	if (!latest) return {...nothing, pending: latest === undefined};
	const {assets} = latest;
	if (kind === 'asset') return completeAssets(text, assets, ' ');
	if (kind === 'selection') return completeSelection(text, assets);
	const words = earlier
		.filter(word => word.kind === 'asset' || word.kind === 'series')
		.map(word => word.text);
	const named = words.flatMap(word => assetsCalled(assets, word));
	const taken = new Set(earlier.filter(word => word.kind === kind).map(word => word.text));
	const attributes = () => completeAttributes(text, named.length > 0 ? named : assets, taken);
	if (kind === 'attribute') return attributes();
	// Behind an asset its attributes come first; before one, nothing typed means an asset.
	if (named.length > 0) return joinOffers(attributes(), completeAssets(text, assets, ' '));
	return completeAssets(text, assets, ' ', text === '' && words.length === 0 ? undefined : attributes);
}

/** The `NAME=` of an attribute of the asset before it; its value is nothing that could be offered. */
export function completeAssignment(
	text: string,
	sources: CompletionSources,
	earlier: readonly Earlier[],
): Offer {
	const {database} = sources.session;
	const asset = earlier.find(word => word.kind === 'asset');
	if (!asset) return nothing;
	if (!database) return withoutDatabase(sources);
	const latest = sources.latest(database.timeSeriesDbId);
	if (!latest) return {...nothing, pending: latest === undefined};
	const [named, another] = assetsNamed(latest.assets, asset.text);
	if (!named || another) return nothing;
	const taken = earlier.filter(word => word.kind === 'local').map(word => word.text.split('=', 1)[0]!);
	const offer = completeAttributes(text, [named], new Set(taken));
	return {
		...offer,
		candidates: offer.candidates.map(candidate => ({...candidate, insert: `${candidate.insert.trimEnd()}=`})),
	};
}

/** One may be selected as soon as there is a connection. */
function withoutDatabase(sources: CompletionSources): Offer {
	if (sources.databases() === undefined) return {...nothing, pending: true};
	return {...nothing, reason: 'no database is selected: `db NAME` selects one'};
}

/** A word that has been typed, quotes gone: a name, or a glob. */
function assetsCalled(assets: readonly Asset[], word: string): readonly Asset[] {
	const named = assetsNamed(assets, word);
	if (named.length > 0 || !/[*?[]/.test(word)) return named;
	const matches = nameMatcher(word);
	return assets.filter(({name}) => name !== null && matches(name));
}

/** An asset or, behind its colon, one more attribute. Neither ends the word: more may follow. */
function completeSelection(text: string, assets: readonly Asset[]): Offer {
	const {name, list} = splitSelection(assets, text);
	const [asset, another] = assetsNamed(assets, name);
	if (list === undefined || !asset || another) return completeAssets(text, assets, '');
	const cut = list.lastIndexOf(',') + 1;
	const head = `${name}:${list.slice(0, cut)}`;
	return completeAttributes(list.slice(cut), [asset], new Set(list.slice(0, cut).split(',')), head);
}
