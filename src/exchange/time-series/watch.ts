import type {ApolloClient} from '@apollo/client';
import {isRefusal} from '../../shell/errors.ts';
import type {Asset, TimeSeries} from '../../shell/time-series.ts';
import type {Questions} from '../questions.ts';
import {type EventSink, followAsset} from './events.ts';
import type {Latest} from './latest.ts';
import {createDebounce, createThrottle} from './throttle.ts';

/** Between two polls, ms. */
const defaultPoll = 30_000;

/** Between two writes of what events say, and two calls of `onChange`, ms. */
const interval = 100;

/** How long it takes until assets that scroll by are followed, ms. */
const settle = 120;

/** Assets followed at once; AppSync allows so many subscriptions on a connection. The poll sees the others. */
const maxFollowed = 200;

/** A reading this young, ms, need not be made again for assets that have just come into view. */
const youngEnough = 5000;

type Followed = {
	/** `lost`: its events don't come any more, for now or, once it `hasEnded`, until it is started again. */
	state: 'starting' | 'live' | 'lost';
	hasEnded: boolean;
	end: () => void;
};

export type Watches = Pick<TimeSeries, 'watchLatest'> & {
	/** What was cached is forgotten: whoever watches needs it anew. */
	readonly again: () => void;
	readonly close: () => void;
};

export function createWatches(client: ApolloClient, latest: Latest, questions: Questions): Watches {
	const open = new Set<{readonly again: () => void; readonly close: () => void}>();

	const watchLatest: TimeSeries['watchLatest'] = (timeSeriesDbId, options) => {
		const {pollMs = defaultPoll, onChange, onLive, onError} = options;
		const stop = new AbortController();
		const followed = new Map<string, Followed>();
		let wanted: readonly string[] = [];
		let news: Asset[] = [];
		let poll: NodeJS.Timeout | undefined;
		let toldError = false;
		let toldLive: boolean | undefined;
		/** What was published until now may have been missed. */
		let hasMissed = true;

		const enter = createThrottle(interval, () => {
			const entered = news;
			news = [];
			latest.enter(timeSeriesDbId, entered);
		});
		const change = createThrottle(interval, onChange);
		const tellLive = createThrottle(0, () => {
			const states = Array.from(followed.values(), ({state}) => state);
			// Those that have just come into view say nothing yet.
			if (states.length > 0 && states.includes('starting') && !states.includes('lost')) return;
			const isLive = states.length > 0 && !states.includes('lost');
			if (isLive !== toldLive) onLive?.(isLive);
			toldLive = isLive;
		});

		const read = async (maxAge: number) => {
			clearTimeout(poll);
			await latest.latest(timeSeriesDbId, {signal: stop.signal, maxAge}).catch(thrown => {
				const fault = questions.faultOf(thrown);
				if (!stop.signal.aborted && isRefusal(fault)) onError?.(fault);
			});
			clearTimeout(poll);
			if (!stop.signal.aborted) poll = setTimeout(pollNow, pollMs);
		};
		const pollNow = () => {
			// Those that were refused get another chance.
			for (const [assetId, {hasEnded}] of followed) if (hasEnded) followed.delete(assetId);
			follow();
			void read(0);
		};
		const catchUp = createThrottle(settle, () => {
			void read(hasMissed ? 0 : youngEnough);
			hasMissed = false;
		});

		const start = (assetId: string) => {
			const turn = (state: Followed['state']) => {
				asset.state = state;
				tellLive.soon();
			};
			const sink: EventSink = {
				onNews: heard => {
					news.push(...heard);
					enter.soon();
				},
				onLive: () => {
					turn('live');
					catchUp.soon();
				},
				onLost: () => {
					hasMissed = true;
					turn('lost');
				},
				onEnd: error => {
					const wasLive = asset.state === 'live';
					asset.hasEnded = true;
					turn('lost');
					if (wasLive) {
						// Why, a reading tells: the database may have been unshared.
						hasMissed = true;
						catchUp.soon();
					}
					if (!error || toldError || wasLive) return;
					toldError = true;
					onError?.(questions.faultOf(error));
				},
			};
			const asset: Followed = {state: 'starting', hasEnded: false, end: () => {}};
			followed.set(assetId, asset);
			asset.end = followAsset(client, {timeSeriesDbId, assetId}, sink);
		};
		const follow = () => {
			const assetIds = new Set(wanted.slice(0, maxFollowed));
			for (const [assetId, {end}] of followed) {
				if (assetIds.has(assetId)) continue;
				followed.delete(assetId);
				end();
			}
			for (const assetId of assetIds) if (!followed.has(assetId)) start(assetId);
			tellLive.soon();
		};
		const followSoon = createDebounce(settle, follow);

		const stopListening = latest.listen(timeSeriesDbId, change.soon);
		const close = () => {
			open.delete(watch);
			stop.abort();
			clearTimeout(poll);
			stopListening();
			for (const timer of [enter, change, tellLive, catchUp, followSoon]) timer.end();
			for (const {end} of followed.values()) end();
			followed.clear();
		};
		const watch = {again: () => void read(0), close};
		open.add(watch);
		poll = setTimeout(pollNow, pollMs);
		return {
			follow: assetIds => {
				wanted = assetIds;
				followSoon.soon();
			},
			close,
		};
	};

	return {
		watchLatest,
		again: () => {
			for (const {again} of open) again();
		},
		close: () => {
			for (const {close} of [...open]) close();
		},
	};
}
