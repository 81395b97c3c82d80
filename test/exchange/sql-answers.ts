import type {Reply} from './fake-exchange.ts';

export const database = {
	timeSeriesDbId: 'timeSeriesDbId.1',
	name: 'Feeders',
	description: null,
	ownerUserId: 'u',
	databaseName: 'db "one"',
	tableName: 'series',
};

type Page = {
	readonly columns?: readonly string[];
	readonly rows?: readonly (readonly (string | null)[])[];
	readonly next?: string;
	readonly queryId?: string;
	readonly clientToken?: string | null;
	readonly percent?: number;
};

/** A page of a SQL answer as Timestream has it; all columns are VARCHAR. */
export function sqlPage({
	columns = [],
	rows = [],
	next,
	queryId = 'q',
	clientToken = null,
	percent,
}: Page): Reply {
	const answer = {
		QueryId: queryId,
		...(next !== undefined && {NextToken: next}),
		ColumnInfo: columns.map(Name => ({Name, Type: {ScalarType: 'VARCHAR'}})),
		Rows: rows.map(row => ({
			Data: row.map(value => (value === null ? {NullValue: true} : {ScalarValue: value})),
		})),
		...(percent !== undefined && {
			QueryStatus: {ProgressPercentage: percent, CumulativeBytesScanned: percent * 1000},
		}),
	};
	return sqlReply(JSON.stringify(answer), clientToken);
}

export function sqlReply(resultJSONString: string, clientToken: string | null = null): Reply {
	return {
		body: {data: {timeSeriesDb_queryDatabaseWithTimestreamQuery: {resultJSONString, clientToken}}},
	};
}

export const cancelDone: Reply = {
	body: {data: {timeSeriesDb_cancelDatabaseQuery: {httpStatusCode: 200, errorMessage: null}}},
};
