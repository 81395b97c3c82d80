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

type Shown = {
	readonly rows: SeriesRows;
	readonly fits: boolean;
	readonly isLive: boolean;
	/** Columns of a row. */
	readonly width: number;
};

/** Columns of the border that the pane's title keeps. */
const titleRoom = 8;

/** `3/12 of 40 · 2 marked · oldest · live`: what there is to know of the rows, as much as the border has room for. */
export function seriesCount(
	{selected, filter, marked, sort}: Series,
	latest: LatestValues | undefined,
	{rows, fits, isLive, width}: Shown,
): string {
	if (!latest) return '';
	const all = `${readableCount(latest.assets.length)}${latest.isComplete ? '' : '…'}`;
	const position = Math.max(0, (selected && rows.order.positions.get(selected.assetId)) ?? 0) + 1;
	const place = fits ? '' : `${readableCount(position)}/`;
	const count = filter ? `${readableCount(rows.order.places.length)} of ${all}` : all;
	const marks = marked.size > 0 ? `${readableCount(marked.size)} marked` : '';
	const live = isLive ? 'live' : '';
	const texts = [
		[place + count, marks, sortNames[sort], live],
		[place + count, marks, live],
		[place + count, live],
		[count, live],
	].map(parts => parts.filter(Boolean).join(' · '));
	return texts.find(text => text.length <= width - titleRoom) ?? texts.at(-1)!;
}
