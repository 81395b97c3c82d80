import {ShellError} from '../../src/shell/errors.ts';
import type {
	Asset,
	Attribute,
	MeasureValueType,
	PublishRequest,
	PublishResult,
	QueryPage,
	Sample,
	SampleRecord,
	TimeSeriesDb,
} from '../../src/shell/time-series.ts';

/** Samples in order of time; their type is that of the first value's JavaScript type unless it is given. */
export type MemoryAttribute =
	| readonly MemorySample[]
	| {readonly type: MeasureValueType; readonly samples: readonly MemorySample[]};
type MemorySample = readonly [time: string, value: string | number | boolean];

export type MemoryAsset = {
	readonly assetId: string;
	/** `null`: the asset has no name. Default: its id. */
	readonly name?: string | null;
	readonly attributes: Readonly<Record<string, MemoryAttribute>>;
};

export type MemoryDatabases = Readonly<Record<string, readonly MemoryAsset[]>>;

type Stored = {readonly value: string; readonly version: number};
type Series = {readonly type: MeasureValueType; readonly samples: Map<string, Stored>};
type StoredAsset = {readonly assetId: string; name: string | null; readonly series: Map<string, Series>};

/** What the clients of one in-memory Exchange share of its time series. Ids count up. */
export function memorySeriesWorld(databases: MemoryDatabases | undefined) {
	let lastId = 0;
	const rows = new Map<string, TimeSeriesDb>();
	const contents = new Map<string, Map<string, StoredAsset>>();
	const taken: PublishRequest[] = [];
	const rules: {
		/** Scripted answers of SQL queries, a page or an error at a time, by the exact text of the query. */
		readonly answers: Map<string, readonly (QueryPage | Error)[]>;
		/** Says why a record is not taken. */
		refuse: (record: SampleRecord, assetId: string) => string | undefined;
	} = {answers: new Map(), refuse: () => undefined};

	const add = (name: string, description: string | null, assets: readonly MemoryAsset[]): TimeSeriesDb => {
		const id = ++lastId;
		const timeSeriesDbId = `timeSeriesDbId.${id}`;
		const row = {
			timeSeriesDbId,
			name,
			description,
			ownerUserId: 'user.1',
			databaseName: `database_${id}`,
			tableName: `table_${id}`,
		};
		rows.set(timeSeriesDbId, row);
		contents.set(
			timeSeriesDbId,
			new Map(
				assets.map(({assetId, name = assetId, attributes}) => [
					assetId,
					{
						assetId,
						name,
						series: new Map(Object.entries(attributes).map(([key, it]) => [key, seriesOf(it)])),
					},
				]),
			),
		);
		return row;
	};
	for (const [name, assets] of Object.entries(databases ?? {})) add(name, null, assets);

	const assetsOf = (timeSeriesDbId: string) => {
		if (!databases) throw new ShellError('unsupported', 'this Exchange has no time-series databases');
		const found = contents.get(timeSeriesDbId);
		if (!found) throw new ShellError('not-found', `${timeSeriesDbId}: no such database`);
		return found;
	};
	const put = (
		timeSeriesDbId: string,
		{assetId, name}: Pick<PublishRequest, 'assetId' | 'name'>,
		attribute: string,
		type: MeasureValueType,
		sample: Sample & {readonly version: number},
	) => {
		const assets = assetsOf(timeSeriesDbId);
		const asset = assets.get(assetId) ?? {assetId, name: null, series: new Map<string, Series>()};
		assets.set(assetId, asset);
		asset.name = name ?? asset.name;
		const series = asset.series.get(attribute) ?? {type, samples: new Map()};
		asset.series.set(attribute, series);
		series.samples.set(sample.timestamp, {value: sample.value, version: sample.version});
	};
	return {
		hasTimeSeries: databases !== undefined,
		rows,
		rules,
		/** All requests to publish, whatever became of them. */
		taken,
		add,
		remove: (timeSeriesDbId: string) => {
			assetsOf(timeSeriesDbId);
			rows.delete(timeSeriesDbId);
			contents.delete(timeSeriesDbId);
		},
		put,
		latest: (timeSeriesDbId: string): Asset[] =>
			Array.from(assetsOf(timeSeriesDbId).values(), ({assetId, name, series}) => ({
				assetId,
				name,
				attributes: Array.from(series, ([attribute, {type, samples}]): Attribute => {
					const last = sorted(samples).at(-1);
					return {
						name: attribute,
						attributeType: type,
						lastValue: last?.value ?? null,
						lastValueTime: last?.timestamp ?? null,
					};
				}),
			})),
		/** In order of time. */
		samples: (timeSeriesDbId: string, assetId: string, attribute: string): Sample[] => {
			const series = assetsOf(timeSeriesDbId).get(assetId)?.series.get(attribute);
			return series ? sorted(series.samples) : [];
		},
		publish: (request: PublishRequest): PublishResult => {
			taken.push(request);
			const rejected: PublishResult['rejected'][number][] = [];
			const assets = assetsOf(request.timeSeriesDbId);
			for (const [index, record] of request.records.entries()) {
				const timestamp = isoOf(record);
				const refused = rules.refuse(record, request.assetId);
				const existing = record.values.flatMap(({name, value}) => {
					const stored = assets.get(request.assetId)?.series.get(name)?.samples.get(timestamp);
					const isSame = stored?.version === record.version && stored.value === value;
					return stored && stored.version >= record.version && !isSame ? [stored.version] : [];
				});
				if (refused !== undefined) rejected.push({index, reason: refused});
				else if (existing[0] !== undefined) {
					const reason = 'A record already exists with a higher or the same version and other values.';
					rejected.push({index, reason, existingVersion: existing[0]});
				} else {
					for (const {name, value, type} of record.values) {
						const sample = {timestamp, value, version: record.version};
						put(request.timeSeriesDbId, request, name, type, sample);
					}
				}
			}
			return {accepted: request.records.length - rejected.length, rejected};
		},
	};
}

export type MemorySeriesWorld = ReturnType<typeof memorySeriesWorld>;

function seriesOf(attribute: MemoryAttribute): Series {
	const given = 'samples' in attribute ? attribute : {type: typeOf(attribute[0]?.[1]), samples: attribute};
	const samples = given.samples.map(([time, value]): [string, Stored] => [
		new Date(time).toISOString(),
		{value: String(value), version: 1},
	]);
	return {type: given.type, samples: new Map(samples)};
}

function typeOf(value: string | number | boolean | undefined): MeasureValueType {
	return typeof value === 'number' ? 'DOUBLE' : typeof value === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}

function sorted(samples: ReadonlyMap<string, Stored>): Sample[] {
	return Array.from(samples, ([timestamp, {value}]) => ({timestamp, value})).toSorted((a, b) =>
		a.timestamp < b.timestamp ? -1 : 1,
	);
}

/** To the millisecond, which is as fine as tests go. */
function isoOf({time, timeUnit}: SampleRecord): string {
	const perMs = {SECONDS: 1e-3, MILLISECONDS: 1, MICROSECONDS: 1e3, NANOSECONDS: 1e6}[timeUnit];
	return new Date(Number(time) / perMs).toISOString();
}
