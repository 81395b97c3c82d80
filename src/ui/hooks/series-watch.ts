import {type ShellError, toShellError} from '../../shell/errors.ts';
import type {Exchange} from '../../shell/ports.ts';
import type {Asset, Following, LatestValues, Sample, TimeSeriesDb} from '../../shell/time-series.ts';
import {createSeriesChanges, type SeriesChanges} from './series-changes.ts';

/** The latest values of one database at a time, read, followed and watched for changes. */
export type SeriesWatch = {
	/**
	 * From now on keeps this database's values at hand and the given assets live, and nothing else. Undefined
	 * ends all of it.
	 */
	readonly look: (wanted: Wanted | undefined) => void;
	/** Cached, or as far as pages have come; undefined before the first. */
	readonly latest: (timeSeriesDbId: string) => LatestValues | undefined;
	readonly recent: (
		timeSeriesDbId: string,
		assetId: string,
		attribute: string,
	) => readonly Sample[] | undefined;
	readonly changes: SeriesChanges;
	/** Whether events of what is looked at come. */
	readonly isLive: () => boolean;
	/** Why the values could not be read. */
	readonly failure: () => ShellError | undefined;
	/** Looks what a command may have changed; reads once more what could not be had. */
	readonly retry: () => void;
	readonly close: () => void;
};

export type Wanted = {readonly database: TimeSeriesDb; readonly assets: readonly Asset[]};

/** Until scrolling has come to rest, ms. */
const pause = 150;

/** `onChange` is told when there is something else to show: values, samples, a failure, or a change grown old. */
export function watchSeries(exchange: Exchange, onChange: () => void): SeriesWatch {
	const {timeSeries} = exchange;
	const changes = createSeriesChanges(onChange);
	let wanted: Wanted | undefined;
	let reading: AbortController | undefined;
	let following: Following | undefined;
	/** Pages that have come of a reading that goes on. */
	let pages: LatestValues | undefined;
	let failure: ShellError | undefined;
	let isLive = false;
	let timer: NodeJS.Timeout | undefined;
	let followed: readonly string[] = [];
	const asked = new Set<string>();

	const latest = (timeSeriesDbId: string) => {
		const cached = timeSeries.cachedLatest(timeSeriesDbId);
		if (cached || pages?.timeSeriesDbId !== timeSeriesDbId) return cached;
		return pages;
	};
	const take = () => {
		if (!wanted) return;
		const values = latest(wanted.database.timeSeriesDbId);
		if (values) changes.take(values);
		onChange();
	};

	const read = async ({timeSeriesDbId}: TimeSeriesDb) => {
		reading = new AbortController();
		const {signal} = reading;
		failure = undefined;
		try {
			await timeSeries.latest(timeSeriesDbId, {
				signal,
				onPage: page => {
					if (signal.aborted) return;
					pages = page;
					take();
				},
			});
		} catch (thrown) {
			if (signal.aborted) return;
			failure = toShellError(thrown);
		}
		if (signal.aborted) return;
		pages = undefined;
		take();
	};

	const begin = (database: TimeSeriesDb) => {
		following = timeSeries.watchLatest(database.timeSeriesDbId, {
			onChange: take,
			onLive: live => {
				isLive = live;
				onChange();
			},
			onError: () => {
				isLive = false;
				onChange();
			},
		});
		void read(database);
	};
	const end = () => {
		clearTimeout(timer);
		timer = undefined;
		reading?.abort();
		following?.close();
		following = undefined;
		pages = undefined;
		failure = undefined;
		isLive = false;
		followed = [];
		asked.clear();
		changes.clear();
	};

	const follow = () => {
		timer = undefined;
		if (!wanted || !following) return;
		const {database, assets} = wanted;
		const ids = assets.map(({assetId}) => assetId);
		if (ids.length !== followed.length || ids.some((id, at) => id !== followed[at])) following.follow(ids);
		followed = ids;
		const inSight = new Set(ids);
		for (const id of asked) if (!inSight.has(id)) asked.delete(id);
		const unread = assets.filter(({assetId}) => !asked.has(assetId));
		if (unread.length === 0) return;
		for (const {assetId} of unread) asked.add(assetId);
		// Without them the row has no sparkline, which the next look may bring.
		timeSeries.recent(database, unread, {signal: reading?.signal}).then(onChange, () => undefined);
	};

	return {
		look: next => {
			const before = wanted?.database.timeSeriesDbId;
			wanted = next;
			if (before !== next?.database.timeSeriesDbId) {
				end();
				if (next) begin(next.database);
			}
			if (next) timer ??= setTimeout(follow, pause);
		},
		latest,
		recent: timeSeries.cachedRecent,
		changes,
		isLive: () => isLive && followed.length > 0,
		failure: () => failure,
		retry: () => {
			if (!wanted) return;
			if (failure) void read(wanted.database);
			take();
		},
		close: () => {
			wanted = undefined;
			end();
		},
	};
}
