import {assetLabel, assetsNamed} from './asset-names.ts';
import {ShellError} from './errors.ts';
import {latestText} from './leading-attribute.ts';
import {describeId, onlyOne} from './named.ts';
import {shownWord} from './quote.ts';
import {closest} from './suggest.ts';
import type {Asset, Attribute} from './time-series.ts';

/**
 * The one asset called `word`: by name, id or `id:…`. Throws `not-found` with what was meant, `ambiguous`
 * with the ids.
 */
export function findAsset(assets: readonly Asset[], word: string): Asset {
	return onlyOne(assetsNamed(assets, word), word, {
		noun: 'asset',
		list: 'assets',
		names: () => assets.map(assetLabel),
		details: called => {
			const shown = called.slice(0, 20).map(asset => describeId(asset.assetId, latestText(asset)));
			return called.length > shown.length ? [...shown, '…'] : shown;
		},
	});
}

/** The attribute of that name. Throws `not-found` with what was meant, or with what there is. */
export function findAttribute(asset: Asset, word: string): Attribute {
	const attribute = asset.attributes.find(({name}) => name === word);
	if (attribute) return attribute;
	throw new ShellError('not-found', `${shownWord(word)}: no such attribute of ${assetLabel(asset)}`, {
		hint: attributeHint(
			word,
			asset.attributes.map(({name}) => name),
		),
	});
}

/** What was meant, or the first few there are. */
export function attributeHint(word: string, names: readonly string[]): string {
	const meant = closest(word, names);
	if (meant !== undefined) return `did you mean ${meant}?`;
	if (names.length === 0) return 'it has none yet';
	return names.length > 5 ? 'try `latest`' : `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
}
