import {assetsMatching} from '../../shell/asset-glob.ts';
import {sortedAssets} from '../../shell/asset-names.ts';
import {firstAsset} from '../../shell/assets.ts';
import {type Column, type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {selectedDatabase} from '../../shell/databases.ts';
import {counted} from '../../shell/readable.ts';
import type {Asset} from '../../shell/time-series.ts';
import {latestPages} from '../shared/latest-pages.ts';
import {areTold} from '../shared/latest-rows.ts';
import {fileArgs, saved} from '../shared/saved.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'text', header: 'asset'},
	{field: 'attributeCount', as: 'count', header: 'attributes'},
];
const age: Column = {field: 'lastValueTime', as: 'age', header: 'age'};
const time: Column = {field: 'lastValueTime', as: 'instant', header: 'newest'};
const id: Column = {field: 'assetId', as: 'text', header: 'id'};

let shown = 0;

/** What a database holds: its assets, by name. */
export const assets = defineCommand({
	name: 'assets',
	group: 'Time series',
	summary: 'List the assets of the selected database',
	description:
		'A pattern with `*`, `?` or `[a-z]` is a whole name; without one it is a part of a name or an id, whatever the case. `latest` shows the values.',
	args: {
		pattern: {kind: 'asset', pattern: true, optional: true, help: 'Name, part of a name, or a glob'},
		long: {kind: 'flag', short: 'l', help: 'With id and time of the newest sample'},
		...fileArgs,
	},
	examples: ['assets', 'assets feeder', "assets 'Feeder [1-9]' -l", 'assets --json'],
	run: (context, {output, force, ...asked}) => saved(context, {output, force}, inner => list(inner, asked)),
});

type Asked = {readonly pattern: string | undefined; readonly long: boolean};

async function* list(context: Context, {pattern, long}: Asked): AsyncGenerator<Output> {
	const database = selectedDatabase(context);
	const {name} = database;
	const {interactive, redraws} = context;
	const key = `assets ${++shown}`;
	for await (const {values, isLast} of latestPages(context, database)) {
		const found = sortedAssets(
			pattern === undefined ? values.assets : assetsMatching(values.assets, pattern),
		);
		if (!isLast && found.length === 0) continue;
		const records = found.map(rowOf);
		const times = long ? [{...age, screenOnly: true} as const, time] : [age];
		const all = [...columns, ...times, ...(long || !interactive || !areTold(found) ? [id] : [])];
		yield {
			kind: 'records',
			records,
			columns: all,
			layout: 'table',
			headers: interactive,
			...(redraws && {key}),
		};
		if (!interactive) continue;
		const like = pattern === undefined ? '' : ` like ${pattern}`;
		const next = values.assets.length === 0 ? ` · ${firstAsset}` : '';
		const text = `${counted(found.length, 'asset')}${like} in ${name}${next}`;
		yield {kind: 'note', text, ...(redraws && {key: `${key} note`})};
	}
}

const rows = new WeakMap<Asset, Row>();

/** An asset that has not changed is the same row. */
function rowOf(asset: Asset): Row {
	let row = rows.get(asset);
	if (!row) {
		let lastValueTime: string | null = null;
		for (const attribute of asset.attributes) {
			const {lastValueTime: at} = attribute;
			if (at !== null && (lastValueTime === null || at > lastValueTime)) lastValueTime = at;
		}
		row = {...asset, attributeCount: asset.attributes.length, lastValueTime};
		rows.set(asset, row);
	}
	return row;
}
