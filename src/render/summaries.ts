import type {Chart, Column, Output} from '../shell/command.ts';
import {figuresOf, labelsOf} from './chart-legend.ts';
import {readableInstant, zoneName} from './instants.ts';
import {sanitize} from './sanitize.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'text'},
	{field: 'attribute', as: 'text'},
	{field: 'from', as: 'instant'},
	{field: 'to', as: 'instant'},
	{field: 'samples', as: 'count'},
	{field: 'min', as: 'value'},
	{field: 'max', as: 'value'},
	{field: 'mean', as: 'value'},
	{field: 'last', as: 'value'},
	{field: 'lastTime', as: 'instant'},
	{field: 'gaps', as: 'count'},
	{field: 'assetId', as: 'text'},
];

/** A chart where none can be drawn: a row a series with what it comes to, numbers as they are. */
export function summariesOf({from, to, series, csv}: Chart): Extract<Output, {kind: 'records'}> {
	const [start, end] = [isoTime(from), isoTime(to)];
	const records = series.map(({assetId, name, attribute, summary}) => ({
		assetId,
		name,
		attribute,
		from: start,
		to: end,
		...summary,
	}));
	return {kind: 'records', records, columns, layout: 'table', headers: true, ...(csv && {csv})};
}

/** A chart in words: its time, and a line a series. */
export function spokenChart({title, from, to, series}: Chart): string {
	const [start, end] = [from, to].map(at => readableInstant(isoTime(at) ?? '', 0));
	const time = `${start} to ${end} ${zoneName(to)}`;
	const figures = figuresOf(series);
	return [
		title === undefined ? time : `${sanitize(title)}, ${time}`,
		...labelsOf(series).map(
			(label, index) => `${label}: ${figures[index]!.map(text => text.trim()).join(', ')}`,
		),
	].join('\n');
}

function isoTime(at: number): string | null {
	const time = new Date(at);
	return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
