import {readableCount} from '../../shell/readable.ts';
import type {LatestValues} from '../../shell/time-series.ts';
import type {Series, SeriesSort} from '../state/series.ts';
import type {SeriesRows} from '../state/series-rows.ts';

const sortNames: Readonly<Record<SeriesSort, string>> = {
	name: '',
	newest: 'newest',
	oldest: 'oldest',
	change: 'by change',
};

type Shown = {readonly rows: SeriesRows; readonly fits: boolean; readonly isLive: boolean};

/** `3/12 of 40 · 2 marked · oldest · live`: what there is to know of the rows, least first to go. */
export function seriesCount(
	{selected, filter, marked, sort}: Series,
	latest: LatestValues | undefined,
	{rows, fits, isLive}: Shown,
): string {
	if (!latest) return '';
	const all = `${readableCount(latest.assets.length)}${latest.isComplete ? '' : '…'}`;
	const position = Math.max(0, (selected && rows.order.positions.get(selected.assetId)) ?? 0) + 1;
	const place = fits ? '' : `${readableCount(position)}/`;
	const count = filter ? `${readableCount(rows.order.places.length)} of ${all}` : all;
	const parts = [
		place + count,
		marked.size > 0 ? `${readableCount(marked.size)} marked` : '',
		sortNames[sort],
	];
	return [...parts, isLive ? 'live' : ''].filter(Boolean).join(' · ');
}
