import {createThrottle} from '../../exchange/time-series/throttle.ts';
import {isRefusal, type ShellError, toShellError} from '../../shell/errors.ts';
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
/** The Exchange reads its values anew twice a minute: when they are older than this, something is amiss, ms. */
const oldest = 75_000;

/** Values are drawn eight times a second at most: nobody reads faster, and keys come first, ms. */
const drawPeriod = 125;

/**
 * `onChange` is told, now and then, when there is something else to show: values, samples, a failure, or a change
 * grown old.
 */
export function watchSeries({timeSeries}: Exchange, onChange: () => void): SeriesWatch {
	const {soon: tell, end: endTelling} = createThrottle(drawPeriod, onChange);
	const changes = createSeriesChanges(tell);
	let wanted: Wanted | undefined;
	let life = new AbortController();
	let reading: AbortController | undefined;
	/** Some of the recent samples could not be had. */
	let isMissing = false;
	let following: Following | undefined;
	/** Pages that have come of a reading that goes on. */
	let pages: LatestValues | undefined;
	let failure: {readonly error: ShellError; readonly at: number} | undefined;
	let check: NodeJS.Timeout | undefined;
	let isLive = false;
	let timer: NodeJS.Timeout | undefined;
	let followed: readonly string[] = [];
	const asked = new Set<string>();

	const latest = (timeSeriesDbId: string) => {
		const cached = timeSeries.cachedLatest(timeSeriesDbId);
		if (cached || pages?.timeSeriesDbId !== timeSeriesDbId) return cached;
		return pages;
	};
	const recover = () => {
		// Recent samples were refused, too, or forgotten.
		if (failure) asked.clear();
		failure = undefined;
	};
	const take = () => {
		if (!wanted) return;
		const values = latest(wanted.database.timeSeriesDbId);
		if (values) changes.take(values);
		if (failure && values && values.fetchedAt > failure.at) recover();
		tell();
	};

	const read = async ({timeSeriesDbId}: TimeSeriesDb, maxAge?: number) => {
		reading?.abort();
		reading = new AbortController();
		const {signal} = reading;
		try {
			await timeSeries.latest(timeSeriesDbId, {
				signal,
				...(maxAge !== undefined && {maxAge}),
				onPage: page => {
					if (signal.aborted) return;
					pages = page;
					take();
				},
			});
			if (signal.aborted) return;
			recover();
		} catch (thrown) {
			if (signal.aborted) return;
			failure = {error: toShellError(thrown), at: Date.now()};
		}
		reading = undefined;
		pages = undefined;
		take();
	};

	const begin = (database: TimeSeriesDb) => {
		following = timeSeries.watchLatest(database.timeSeriesDbId, {
			onChange: take,
			onLive: live => {
				isLive = live;
				tell();
			},
			onError: error => {
				isLive = false;
				tell();
				// Events alone may be refused; whether the database is, its values tell.
				if (!failure && isRefusal(error)) void read(database, 0);
			},
		});
		void read(database);
		check = setInterval(() => {
			const values = latest(database.timeSeriesDbId);
			const isOverdue = values ? Date.now() - values.fetchedAt > oldest : !reading;
			if (isOverdue) void read(database, 0);
		}, oldest).unref();
	};
	const end = () => {
		clearTimeout(timer);
		clearInterval(check);
		timer = undefined;
		life.abort();
		life = new AbortController();
		isMissing = false;
		reading?.abort();
		reading = undefined;
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
		// Without them a row has no sparkline; why not, the command says that needs them.
		timeSeries.recent(database, unread, {signal: life.signal}).then(tell, () => {
			isMissing = true;
		});
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
		failure: () => failure?.error,
		retry: () => {
			if (!wanted) return;
			const isMissed = !reading && !latest(wanted.database.timeSeriesDbId);
			// What is cached may be from before it failed.
			if (failure || isMissed) void read(wanted.database, 0);
			if (isMissing) asked.clear();
			isMissing = false;
			take();
		},
		close: () => {
			wanted = undefined;
			end();
			endTelling();
		},
	};
}
