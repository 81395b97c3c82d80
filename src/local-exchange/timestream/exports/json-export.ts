import type {ResultFile, Results} from '../../contents/results.ts';
import {csvRows} from '../structured/csv.ts';
import type {StructuredQuery} from '../structured/structured-query.ts';
import {textsOf} from './csv-export.ts';
import {type Spill, spill} from './spill.ts';

type Asset = {
	readonly assetId: string;
	name: string | null;
	/** By the attribute's place in the query: its newest sample. */
	readonly last: ({readonly timestamp: string; readonly value: string} | undefined)[];
};

/** After assetId, name and timestamp. */
const firstValue = 3;

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
			for await (const rows of csvRows(text)) {
				query.signal.throwIfAborted();
				for (const row of rows) {
					const assetId = row[0] ?? '';
					if (asset?.assetId !== assetId) {
						await finish();
						asset = {assetId, name: null, last: []};
					}
					asset.name = row[1] ?? asset.name;
					addSamples(asset, row, samples);
					if (samples.isFull()) await samples.drain();
				}
			}
		}
		await finish();
		await to.write(separator === '[' ? '[]\n' : ']\n');
	} finally {
		await samples.close();
	}
}

function addSamples({last}: Asset, row: readonly (string | null)[], samples: Spill): void {
	const timestamp = row[2] ?? '';
	// Times hold nothing that JSON would have to escape.
	const start = `{"timestamp":"${timestamp}","value":`;
	for (let column = firstValue; column < row.length; column++) {
		const value = row[column] ?? null;
		if (value === null) continue;
		const index = column - firstValue;
		const separator = last[index] === undefined ? '' : ',';
		samples.add(index, `${separator}${start}${JSON.stringify(value)}}`);
		last[index] = {timestamp, value};
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
		const newest = last[index];
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
