import {assetLabel, assetsNamed} from './asset-names.ts';
import {ShellError} from './errors.ts';
import {latestText} from './leading-attribute.ts';
import {closest} from './suggest.ts';
import type {Asset, Attribute} from './time-series.ts';

/**
 * The one asset called `word`: by name, id or `id:…`. Throws `not-found` with what was meant, `ambiguous`
 * with the ids.
 */
export function findAsset(assets: readonly Asset[], word: string): Asset {
	const called = assetsNamed(assets, word);
	if (called.length === 1) return called[0]!;
	if (called.length > 1) throw ambiguous(word, called);
	const meant = closest(word, assets.map(assetLabel));
	throw new ShellError('not-found', `${word}: no such asset`, {
		hint: meant === undefined ? 'try `assets`' : `did you mean ${meant}?`,
	});
}

/** The attribute of that name. Throws `not-found` with what was meant, or with what there is. */
export function findAttribute(asset: Asset, word: string): Attribute {
	const attribute = asset.attributes.find(({name}) => name === word);
	if (attribute) return attribute;
	throw new ShellError('not-found', `${word}: no such attribute of ${assetLabel(asset)}`, {
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

function ambiguous(word: string, assets: readonly Asset[]): ShellError {
	const shown = assets.slice(0, 20).map(asset => detail(`id:${asset.assetId}`, latestText(asset)));
	return new ShellError(
		'ambiguous',
		`${word} is ambiguous: ${assets.length} assets bear that name. Name one by id:`,
		{details: assets.length > shown.length ? [...shown, '…'] : shown},
	);
}

const detail = (id: string, text: string | null | undefined) => (text ? `${id}  ${text}` : id);
