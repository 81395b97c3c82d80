import type {Call, Read} from './ports.ts';

/** A time-series database. `databaseName` and `tableName` are what SQL calls it; null where unknown. */
export type TimeSeriesDb = {
	readonly timeSeriesDbId: string;
	readonly name: string;
	readonly description: string | null;
	readonly ownerUserId: string;
	readonly databaseName: string | null;
	readonly tableName: string | null;
};

export type MeasureValueType = 'BIGINT' | 'BOOLEAN' | 'DOUBLE' | 'MULTI' | 'TIMESTAMP' | 'VARCHAR';

/** One attribute with its latest sample. The Exchange gives all values as text. */
export type Attribute = {
	readonly name: string;
	readonly attributeType: MeasureValueType;
	/** Null where there is no sample yet. */
	readonly lastValue: string | null;
	/** ISO 8601, UTC. Null where there is no sample yet. */
	readonly lastValueTime: string | null;
};

export type Asset = {
	readonly assetId: string;
	readonly name: string | null;
	readonly attributes: readonly Attribute[];
};

/** The latest values of a database. Assets that have not changed are the same objects: memoise on them. */
export type LatestValues = {
	readonly timeSeriesDbId: string;
	/** Joined over all pages, in the Exchange's order, each asset once. */
	readonly assets: readonly Asset[];
	/** False while further pages are on their way. */
	readonly isComplete: boolean;
	/** Epoch, ms: of the last whole reading. */
	readonly fetchedAt: number;
};

/** One point of a series, as the API has it. */
export type Sample = {
	/** ISO 8601, UTC, with `Z`; up to nine digits of a second. */
	readonly timestamp: string;
	readonly value: string;
};

/** How samples of one interval become one. `extremes`: the lowest and the highest, each at its own time. */
export type Aggregate = 'avg' | 'min' | 'max' | 'sum' | 'last' | 'count' | 'extremes';

export type SamplesRequest = {
	readonly database: TimeSeriesDb;
	readonly assetId: string;
	readonly attribute: Pick<Attribute, 'name' | 'attributeType'>;
	/** Epoch, ms; inclusive. */
	readonly from: number;
	/** Epoch, ms; exclusive. */
	readonly to: number;
	/** Intervals of this many ms, aligned to the epoch, reduced at the server; an aggregated sample bears its interval's start. */
	readonly every?: number;
	/** With `every`; `last` unless said. */
	readonly aggregate?: Aggregate;
	/** Ends after so many samples. */
	readonly limit?: number;
};

/** The type of a column of a SQL answer: Timestream's. */
export type ColumnType =
	| {readonly kind: 'scalar'; readonly name: string}
	| {readonly kind: 'array'; readonly of: ColumnType}
	| {readonly kind: 'row'; readonly fields: readonly ResultColumn[]}
	| {readonly kind: 'time-series'; readonly of: ColumnType};

export type ResultColumn = {readonly name: string; readonly type: ColumnType};

/**
 * One value of a SQL answer: a scalar's text (times `YYYY-MM-DD hh:mm:ss.nnnnnnnnn`, UTC), null, the values
 * of an array or a row, or the points of a time series.
 */
export type Datum =
	| string
	| null
	| readonly Datum[]
	| {readonly points: readonly {readonly time: string; readonly value: Datum}[]};

export type QueryPage = {
	readonly queryId: string;
	/** The same in all pages; empty in a page that has nothing to say yet. */
	readonly columns: readonly ResultColumn[];
	/** May be empty in a page that is not the last. */
	readonly rows: readonly (readonly Datum[])[];
	/** 0 to 100; null where the Exchange does not say. */
	readonly progress: number | null;
	/** Bytes; null where the Exchange does not say. */
	readonly bytesScanned: number | null;
	readonly isLast: boolean;
};

export type ExportFormat = 'CSV' | 'JSON';

export type ExportRequest = {
	readonly database: TimeSeriesDb;
	/** An asset without attribute names: all of its attributes. */
	readonly assets: readonly {readonly assetId: string; readonly attributeNames: readonly string[]}[];
	/** Epoch, ms. */
	readonly from: number;
	/** Epoch, ms. */
	readonly to: number;
	readonly format: ExportFormat;
	/** 0 to 100, as the Exchange reads the rows and as it writes the file. */
	readonly onProgress?: (stage: 'query' | 'file', percent: number) => void;
};

export type ExportFile = {
	/** Bytes; null where unknown. */
	readonly size: number | null;
	/** Ends with an error when the connection drops early; never short without one. */
	readonly body: AsyncIterable<Uint8Array>;
};

/** One record to publish, in the API's words. */
export type SampleRecord = {
	/** Of the record besides the asset's own. */
	readonly dimensions?: Readonly<Record<string, string>>;
	/** Of a MULTI record; of a single measure it is the attribute's name. */
	readonly measureName?: string;
	readonly values: readonly {
		readonly name: string;
		readonly value: string;
		readonly type: Exclude<MeasureValueType, 'MULTI'>;
	}[];
	/** Epoch, in `timeUnit`, as digits. */
	readonly time: string;
	readonly timeUnit: 'SECONDS' | 'MILLISECONDS' | 'MICROSECONDS' | 'NANOSECONDS';
	/** Replaces what was published for the same time with a lower one. The same again changes nothing. */
	readonly version: number;
};

export type PublishRequest = {
	readonly timeSeriesDbId: string;
	readonly assetId: string;
	/** The dimension `name`, which names the asset. */
	readonly name?: string;
	/** At most 100. */
	readonly records: readonly SampleRecord[];
};

export type PublishResult = {
	/** Records that the Exchange took. */
	readonly accepted: number;
	readonly rejected: readonly {
		/** Place in `records`, from 0. */
		readonly index: number;
		/** The Exchange's words. */
		readonly reason: string;
		/** The version that is there already. */
		readonly existingVersion?: number;
	}[];
};

/** A live view of some assets; ends with `close`. */
export type Following = {
	/** Events of these assets, and of no others, from now on. */
	readonly follow: (assetIds: readonly string[]) => void;
	readonly close: () => void;
};

/**
 * The time-series databases of an Exchange, behind the same cache and with the same errors as the rest of
 * it. An Exchange that lacks them throws `unsupported` ("this Exchange has no time-series databases").
 */
export type TimeSeries = {
	readonly listDatabases: (read?: Read) => Promise<readonly TimeSeriesDb[]>;
	/** The cached list of any age, at once. */
	readonly cachedDatabases: () => readonly TimeSeriesDb[] | undefined;
	readonly createDatabase: (
		input: {readonly name: string; readonly description?: string},
		call?: Call,
	) => Promise<TimeSeriesDb>;
	/** With everything in it. */
	readonly deleteDatabase: (timeSeriesDbId: string, call?: Call) => Promise<void>;

	/** All pages, joined. `onPage` is told after each page but the last. A reading that fails leaves what is cached. */
	readonly latest: (
		timeSeriesDbId: string,
		read?: Read & {readonly onPage?: (latest: LatestValues) => void},
	) => Promise<LatestValues>;
	/** The cached values of any age, at once. */
	readonly cachedLatest: (timeSeriesDbId: string) => LatestValues | undefined;
	/**
	 * Keeps the cached latest values of some assets live: by events, and by a slow poll beside them, since
	 * events can be lost. `onChange` is told at most ten times a second, after the cache has changed.
	 */
	readonly watchLatest: (
		timeSeriesDbId: string,
		options: {
			/** Between two polls, ms. Default: 30,000. */
			readonly pollMs?: number;
			readonly onChange: () => void;
			/**
			 * Whether events of all followed assets come: true each time the Exchange has acknowledged the
			 * subscriptions, false when one is lost or ends.
			 */
			readonly onLive?: (isLive: boolean) => void;
			/** Once, when events can't be had at all, and whenever the poll is refused; the poll goes on. */
			readonly onError?: (error: Error) => void;
		},
	) => Following;
	/**
	 * The newest samples of each numeric attribute of some assets, oldest first, at most 64 each: for
	 * sparklines. Cached by asset; live events are added to them.
	 */
	readonly recent: (database: TimeSeriesDb, assets: readonly Asset[], call?: Call) => Promise<void>;
	/** What `recent` has read, at once. The same samples are the same object. */
	readonly cachedRecent: (
		timeSeriesDbId: string,
		assetId: string,
		attribute: string,
	) => readonly Sample[] | undefined;

	/** Samples in order of time, a page at a time. Leaving the loop early cancels at the Exchange. */
	readonly samples: (request: SamplesRequest, call?: Call) => AsyncIterable<readonly Sample[]>;
	/**
	 * Pages of a Timestream SQL query. A page is asked for when it is wanted; an abort, or leaving the loop
	 * early, cancels at the Exchange. A SQL error is `failed`, with the Exchange's words (`line 1:24: …`).
	 */
	readonly query: (
		request: {
			readonly database: TimeSeriesDb;
			readonly queryString: string;
			/** 1 to 1,000 rows a page. */
			readonly maxRows?: number;
		},
		call?: Call,
	) => AsyncIterable<QueryPage>;
	/** Waits for the file, and opens it. An abort, or leaving the body early, leaves nothing at the Exchange. */
	readonly exportFile: (request: ExportRequest, call?: Call) => Promise<ExportFile>;
	/** Sent again after a lost answer, which is safe: the same version changes nothing. */
	readonly publish: (request: PublishRequest, call?: Call) => Promise<PublishResult>;
};
