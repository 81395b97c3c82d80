import {latestOf} from './complete-assets.ts';
import type {Candidate, Offer} from './completion.ts';
import {quoteWord} from './quote.ts';
import {indexNames, rankNames} from './rank.ts';
import {counted} from './readable.ts';
import type {Asset, Attribute} from './time-series.ts';

/** An attribute's name, with its one bearer's latest sample, or how many bear it. */
type Named = {readonly attribute: Attribute; bearers: number};

const names = new WeakMap<readonly Asset[], ReadonlyMap<string, Named>>();

/**
 * Attributes of these assets, in their order, without those that the line has already. `head`: what comes
 * before the name in the same word, which then goes on.
 */
export function completeAttributes(
	text: string,
	assets: readonly Asset[],
	taken: ReadonlySet<string>,
	head?: string,
): Offer {
	const all = [...attributesOf(assets).values()].filter(({attribute}) => !taken.has(attribute.name));
	const {matches, common, ...ranked} = rankNames(indexNames(all.map(({attribute}) => attribute.name)), text);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const {attribute, bearers} = all[place]!;
		return {
			insert: head === undefined ? `${quoteWord(attribute.name)} ` : quoteWord(head + attribute.name),
			label: attribute.name,
			kind: 'attribute',
			indexes,
			...(bearers === 1 ? latestOf(attribute) : {summary: `of ${counted(bearers, 'asset')}`}),
		};
	});
	return {
		...ranked,
		candidates,
		common: common === undefined ? undefined : (head ?? '') + common,
		pending: false,
	};
}

function attributesOf(assets: readonly Asset[]): ReadonlyMap<string, Named> {
	let named = names.get(assets);
	if (named) return named;
	const found = new Map<string, Named>();
	for (const {attributes} of assets) {
		for (const attribute of attributes) {
			const known = found.get(attribute.name);
			if (known) known.bearers++;
			else found.set(attribute.name, {attribute, bearers: 1});
		}
	}
	named = found;
	names.set(assets, named);
	return named;
}
