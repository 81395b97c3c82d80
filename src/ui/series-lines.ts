import {assetWord} from '../shell/asset-names.ts';
import {quoteWord} from '../shell/paths.ts';
import type {Asset, Sample} from '../shell/time-series.ts';
import {newestSample} from './state/series-order.ts';

/** An asset with names of its attributes; with none it is meant as a whole. */
export type Chosen = {readonly asset: Asset; readonly attributes: readonly string[]};

export type Known = {
	/** All assets of the database: a name that two of them bear is no name. */
	readonly assets: readonly Asset[];
	/** Epoch, ms. */
	readonly now: number;
	/** The newest samples of an attribute, as far as they are known. */
	readonly recent: (assetId: string, attribute: string) => readonly Sample[] | undefined;
};

export function plotLine(chosen: readonly Chosen[], known: Known): string {
	return line('plot', chosen, rangeOptions(rangeOf(chosen, known)), known);
}

export function dataLine(chosen: readonly Chosen[], known: Known): string {
	return line('data', chosen, rangeOptions(rangeOf(chosen, known)), known);
}

export function watchLine(chosen: readonly Chosen[], known: Known): string {
	return line('latest', chosen, ['--watch'], known);
}

/** With the range to be completed, and a blank to go on from. */
export function exportLine(chosen: readonly Chosen[], known: Known): string {
	const words = chosen.map(({asset, attributes}) => {
		const word = assetWord(known.assets, asset);
		return quoteWord(attributes.length > 0 ? `${word}:${attributes.join(',')}` : word);
	});
	const {from, to} = rangeOf(chosen, known);
	const end = to === undefined ? 'now' : utc(to);
	const start = from ?? (to === undefined ? undefined : to - day);
	return `export ${words.join(' ')} --from ${start === undefined ? 'now-24h' : utc(start)} --to ${end} `;
}

/**
 * Assets, then attributes, as words of kind `series`: attributes count for all the assets of a line, so each
 * is named once. A word that begins with a dash would be an option.
 */
function line(verb: string, chosen: readonly Chosen[], options: readonly string[], {assets}: Known): string {
	const attributes = [...new Set(chosen.flatMap(one => one.attributes))];
	const words = [...chosen.map(({asset}) => assetWord(assets, asset)), ...attributes].map(quoteWord);
	const parts = attributes.some(name => name.startsWith('-'))
		? [verb, ...options, '--', ...words]
		: [verb, ...words, ...options];
	return parts.join(' ');
}

/** Epoch, ms; undefined where a command's own range, the last 24 hours up to now, is fine. */
type Range = {readonly from: number | undefined; readonly to: number | undefined};

/**
 * A range with samples in it: up to the newest where that is old, and from the oldest that is known where a day
 * holds but a few.
 */
function rangeOf(chosen: readonly Chosen[], {now, recent}: Known): Range {
	const newest = Math.max(...chosen.map(({asset}) => newestSample(asset) ?? Number.NEGATIVE_INFINITY));
	const starts = chosen.flatMap(({asset: {assetId, attributes: all}, attributes}) => {
		const names = attributes.length > 0 ? attributes : all.map(({name}) => name);
		return names.flatMap(name => {
			const samples = recent(assetId, name) ?? [];
			const first = Date.parse(samples[0]?.timestamp ?? '');
			const isSparse = samples.length > 1 && (newest - first) / (samples.length - 1) > sparse;
			return isSparse ? [first] : [];
		});
	});
	const isOld = Number.isFinite(newest) && newest < now - day;
	return {
		from: starts.length > 0 ? Math.min(...starts) : undefined,
		to: isOld ? (Math.floor(newest / minute) + 1) * minute : undefined,
	};
}

function rangeOptions({from, to}: Range): readonly string[] {
	return [
		...(from === undefined ? [] : ['--from', utc(from)]),
		...(to === undefined ? [] : ['--to', utc(to)]),
	];
}

const minute = 60_000;
/** Samples further apart than this make no picture of a day, ms. */
const sparse = 60 * minute;
const day = 24 * 60 * minute;

/** `2004-04-05T10:01Z` */
function utc(time: number): string {
	return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
