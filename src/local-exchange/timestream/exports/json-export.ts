import type {ResultFile, Results} from '../../contents/results.ts';
import {csvRows} from '../structured/csv.ts';
import type {StructuredQuery} from '../structured/structured-queries.ts';
import {textsOf} from './csv-export.ts';
import {type Spill, spill} from './spill.ts';

type Asset = {
	readonly assetId: string;
	name: string | null;
	/** By the attribute's place in the query: its newest sample. */
	readonly last: Map<number, {readonly timestamp: string; readonly value: string}>;
};

/** An array of `TimeSeriesDbAssetData`, each asset once. The pages have rows by time, this has series. */
export async function writeJson(query: StructuredQuery, to: ResultFile, results: Results): Promise<void> {
	const samples = spill(results.path(`${query.queryId}.part`));
	let asset: Asset | undefined;
	let separator = '[';
	const finish = async () => {
		if (asset === undefined) return;
		await to.write(separator);
		await writeAsset(asset, query, samples, to);
		separator = ',\n';
		samples.clear();
	};
	try {
		for (const text of textsOf(query, results)) {
			for await (const [assetId = '', name = null, timestamp = '', ...values] of csvRows(text)) {
				if (asset?.assetId !== assetId) {
					await finish();
					asset = {assetId: assetId ?? '', name: null, last: new Map()};
				}
				asset.name = name ?? asset.name;
				addSamples(asset, timestamp ?? '', values, samples);
				if (samples.isFull()) await samples.drain();
				query.signal.throwIfAborted();
			}
		}
		await finish();
		await to.write(separator === '[' ? '[]\n' : ']\n');
	} finally {
		await samples.close();
	}
}

function addSamples(asset: Asset, timestamp: string, values: (string | null)[], samples: Spill): void {
	for (const [index, value] of values.entries()) {
		if (value === null) continue;
		const separator = asset.last.has(index) ? ',' : '';
		samples.add(index, `${separator}${JSON.stringify({timestamp, value})}`);
		asset.last.set(index, {timestamp, value});
	}
}

async function writeAsset(
	{assetId, name, last}: Asset,
	{attributes, typeOf}: StructuredQuery,
	samples: Spill,
	to: ResultFile,
): Promise<void> {
	await to.write(`${JSON.stringify({assetId, name}).slice(0, -1)},"attributes":[`);
	let separator = '';
	for (const [index, {name}] of attributes.entries()) {
		const newest = last.get(index);
		if (newest === undefined) continue;
		const described = {
			name,
			attributeType: typeOf(assetId, name),
			lastValue: newest.value,
			lastValueTime: newest.timestamp,
		};
		await to.write(`${separator}${JSON.stringify(described).slice(0, -1)},"data":[`);
		for await (const text of samples.read(index)) await to.write(text);
		await to.write(']}');
		separator = ',';
	}
	await to.write(']}');
}
