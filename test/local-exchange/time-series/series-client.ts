import type {TestExchange} from '../../support/exchange.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads the fields it asked for.
type Data = any;

export type ApiError = {
	readonly errorType?: string;
	readonly errorInfo?: Data;
	readonly message: string;
	readonly path?: readonly (string | number)[];
};

/** The time-series operations of the API with what clients select, on one database. */
export type SeriesClient = {
	readonly timeSeriesDbId: string;
	/** A record of one DOUBLE for each number, a second apart from `start` (epoch ms). */
	readonly fill: (
		assetId: string,
		attribute: string,
		values: readonly number[],
		start?: number,
	) => Promise<void>;
	readonly publish: (assetId: string, records: readonly object[], selection?: string) => Promise<Answer>;
	readonly latest: (nextToken?: string | null) => Promise<Data>;
	readonly query: (args: object) => Promise<Answer>;
	/** All pages of a query; the last is last. */
	readonly queryAll: (args: object) => Promise<Data[]>;
	readonly cancel: (queryId: string) => Promise<Data>;
	readonly exportFile: (queryId: string, fileFormat?: string) => Promise<Answer>;
	readonly sql: (queryString: string, more?: object) => Promise<Answer>;
};

export type Answer = {readonly data: Data; readonly errors?: readonly ApiError[]};

export const assetFields =
	'assetId name attributes {name attributeType lastValue lastValueTime data {timestamp value}}';

const operations = {
	publish: (selection: string) => `mutation ($id: ID!, $assetId: ID!, $data: TimeSeriesDbDataInput!) {
		answer: timeSeriesDb_publishToDatabase(timeSeriesDbId: $id, assetId: $assetId, data: $data) {${selection}}
	}`,
	latest: `query ($id: ID!, $nextToken: String) {
		answer: timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: $id, nextToken: $nextToken) {
			data {${assetFields}} queryProgressPercentage queryId clientToken nextToken resultChunkIndex
		}
	}`,
	query: `query (
		$id: ID!, $queryType: TimeSeriesDbQueryType!, $assets: [TimeSeriesQueryAssetInput]!, $startTime: String,
		$endTime: String, $maxRows: Int, $queryString: String, $clientToken: String, $nextToken: String
	) {
		answer: timeSeriesDb_queryDatabase(
			timeSeriesDbId: $id, queryType: $queryType, assets: $assets, startTime: $startTime, endTime: $endTime,
			maxRows: $maxRows, queryString: $queryString, clientToken: $clientToken, nextToken: $nextToken
		) {queryId queryProgressPercentage clientToken nextToken queryString presignedUrl resultChunkIndex}
	}`,
	cancel: `mutation ($id: ID!, $queryId: String!) {
		answer: timeSeriesDb_cancelDatabaseQuery(timeSeriesDbId: $id, queryId: $queryId) {httpStatusCode errorMessage}
	}`,
	exportFile: `mutation ($id: ID!, $queryId: String!, $fileFormat: TimeSeriesQueryOutputFileType) {
		answer: timeSeriesDb_generateQueryResultExportFile(
			timeSeriesDbId: $id, queryId: $queryId, fileFormat: $fileFormat
		) {queryId timeSeriesDbId fileFormat}
	}`,
	sql: `query ($id: ID!, $queryString: String!, $maxRows: Int, $clientToken: String, $nextToken: String) {
		answer: timeSeriesDb_queryDatabaseWithTimestreamQuery(
			timeSeriesDbId: $id, queryString: $queryString, maxRows: $maxRows, clientToken: $clientToken,
			nextToken: $nextToken
		) {resultJSONString clientToken}
	}`,
};

export function seriesClient(exchange: Pick<TestExchange, 'post'>, timeSeriesDbId: string): SeriesClient {
	const ask = async (operation: string, variables: object): Promise<Answer> => {
		const {body} = await exchange.post(operation, {id: timeSeriesDbId, ...variables});
		const {data, errors} = body as {data: Data; errors?: ApiError[]};
		return {data: data?.answer ?? null, ...(errors && {errors})};
	};
	const sure = async (answer: Promise<Answer>): Promise<Data> => {
		const {data, errors} = await answer;
		if (errors !== undefined) throw new Error(errors[0]?.message);
		return data;
	};
	const publish: SeriesClient['publish'] = (assetId, records, selection = assetFields) =>
		ask(operations.publish(selection), {assetId, data: {records}});
	const query: SeriesClient['query'] = args => ask(operations.query, {queryType: 'TIME_PERIOD', ...args});
	return {
		timeSeriesDbId,
		publish,
		query,
		fill: async (assetId, attribute, values, start = Date.UTC(2026, 0, 1)) => {
			for (let from = 0; from < values.length; from += 100) {
				const some = values.slice(from, from + 100);
				const records = some.map((value, index) =>
					sample(attribute, value, start + 1000 * (from + index), assetId.toUpperCase()),
				);
				await sure(publish(assetId, records, 'assetId'));
			}
		},
		latest: (nextToken = null) => sure(ask(operations.latest, {nextToken})),
		queryAll: async args => {
			const pages = [await sure(query(args))];
			while (pages.at(-1).nextToken !== null) {
				const {queryString, clientToken, nextToken} = pages.at(-1);
				pages.push(await sure(query({...args, queryString, clientToken, nextToken})));
			}
			return pages;
		},
		cancel: queryId => sure(ask(operations.cancel, {queryId})),
		exportFile: (queryId, fileFormat) => ask(operations.exportFile, {queryId, fileFormat}),
		sql: (queryString, more = {}) => ask(operations.sql, {queryString, ...more}),
	};
}

/** A new database of its own. */
export async function newDatabase(exchange: TestExchange, name = 'Feeders'): Promise<SeriesClient> {
	const {database} = await exchange.ask(
		'mutation ($name: String!) {database: timeSeriesDb_createDatabase(name: $name) {timeSeriesDbId}}',
		{name},
	);
	return seriesClient(exchange, database.timeSeriesDbId);
}

/** A record of one DOUBLE. */
export function sample(
	attribute: string,
	value: number | string,
	time: number,
	name?: string,
	version = 1,
): object {
	return {
		...(name !== undefined && {Dimensions: [{Name: 'name', Value: name, DimensionValueType: 'VARCHAR'}]}),
		MeasureName: attribute,
		MeasureValue: String(value),
		MeasureValueType: 'DOUBLE',
		Time: String(time),
		TimeUnit: 'MILLISECONDS',
		Version: version,
	};
}

/** The text behind a presigned URL. */
export async function textAt(url: string): Promise<string> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`GET answered ${response.status}`);
	return response.text();
}
