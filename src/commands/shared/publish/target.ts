import {assetsNamed} from '../../../shell/asset-names.ts';
import {findAsset, selectedDatabase} from '../../../shell/assets.ts';
import type {Context} from '../../../shell/command.ts';
import {ShellError} from '../../../shell/errors.ts';
import type {Asset, TimeSeriesDb} from '../../../shell/time-series.ts';
import {type ValueType, valueTypes} from './cell-types.ts';

/** Where samples go. */
export type Target = {
	readonly database: TimeSeriesDb;
	readonly assetId: string;
	/** What the Exchange is told that the asset is called. */
	readonly name: string | undefined;
	/** Its name or, without one, its id. */
	readonly label: string;
	/** Types of its attributes, which stay. */
	readonly types: ReadonlyMap<string, ValueType>;
	/** Types of the database's attributes: one of the same name is of the same type at every asset, or refused. */
	readonly databaseTypes: ReadonlyMap<string, ValueType>;
};

/**
 * The asset called `word`; with `isNew` one of that id where there is none. Throws `not-found`, `ambiguous`,
 * and `usage` without a database.
 */
export async function targetOf(
	context: Context,
	word: string,
	{isNew, name}: {readonly isNew: boolean; readonly name: string | undefined},
): Promise<Target> {
	const database = selectedDatabase(context);
	const {asset, assets} = await lookUp(context, database, word, isNew);
	const assetId = asset?.assetId ?? word.replace(/^id:/, '');
	if (assetId.trim() === '') throw new ShellError('usage', 'an asset needs an id');
	const called = name ?? asset?.name ?? undefined;
	const types = agreedTypes(asset ? [asset] : []);
	return {
		database,
		assetId,
		name: called,
		label: called ?? assetId,
		types,
		databaseTypes: agreedTypes(assets),
	};
}

/** The types of the attributes that are of one type wherever they are. */
function agreedTypes(assets: readonly Asset[]): ReadonlyMap<string, ValueType> {
	const types = new Map<string, ValueType | undefined>();
	for (const {attributes} of assets) {
		for (const {name, attributeType} of attributes) {
			if (attributeType === 'MULTI') continue;
			types.set(name, types.has(name) && types.get(name) !== attributeType ? undefined : attributeType);
		}
	}
	return new Map([...types].filter((entry): entry is [string, ValueType] => entry[1] !== undefined));
}

async function lookUp(
	{exchange, signal}: Context,
	{timeSeriesDbId}: TimeSeriesDb,
	word: string,
	isNew: boolean,
): Promise<{readonly asset: Asset | undefined; readonly assets: readonly Asset[]}> {
	const {timeSeries} = exchange;
	const known = await timeSeries.latest(timeSeriesDbId, {signal});
	const assets =
		assetsNamed(known.assets, word).length > 0
			? known.assets
			: (await timeSeries.latest(timeSeriesDbId, {signal, maxAge: 0})).assets;
	try {
		return {asset: findAsset(assets, word), assets};
	} catch (thrown) {
		if (!(thrown instanceof ShellError) || thrown.code !== 'not-found') throw thrown;
		if (isNew) return {asset: undefined, assets};
		const meant = thrown.hint?.startsWith('did you mean') ? `${thrown.hint} ` : '';
		throw new ShellError('not-found', thrown.message, {
			hint: `${meant}--new makes a new asset`,
			cause: thrown,
		});
	}
}

/**
 * Types given as `NAME=TYPE`, beside those that attributes have already. Throws `usage` for what is no type,
 * and for another type than there is.
 */
export function givenTypes(
	words: readonly string[],
	{types, label}: Pick<Target, 'types' | 'label'>,
): ReadonlyMap<string, ValueType> {
	const all = new Map(types);
	for (const word of words) {
		const [, name = '', text = ''] = /^(.*)=([^=]*)$/s.exec(word) ?? [];
		const type = valueTypes.find(known => known === text.toUpperCase());
		if (name === '' || type === undefined) {
			throw new ShellError('usage', `--type ${word}: not a column and its type`, {
				hint: `--type NAME=${valueTypes.join('|')}`,
			});
		}
		const there = types.get(name);
		if (there !== undefined && there !== type) {
			throw new ShellError('usage', `--type ${word}: ${name} of ${label} is ${there} already`, {
				hint: 'another name is another attribute',
			});
		}
		all.set(name, type);
	}
	return all;
}
