import {assetWord} from '../shell/asset-names.ts';
import {quoteWord} from '../shell/paths.ts';
import type {Asset} from '../shell/time-series.ts';
import {newestSample} from './state/series-order.ts';

/** An asset with names of its attributes; with none it is meant as a whole. */
export type Chosen = {readonly asset: Asset; readonly attributes: readonly string[]};

type Known = {
	/** All assets of the database: a name that two of them bear is no name. */
	readonly assets: readonly Asset[];
	/** Epoch, ms. */
	readonly now: number;
};

export function plotLine(chosen: readonly Chosen[], known: Known): string {
	return line('plot', chosen, lastDay(chosen, known), known);
}

export function dataLine(chosen: readonly Chosen[], known: Known): string {
	return line('data', chosen, lastDay(chosen, known), known);
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
	const end = oldEnd(chosen, known);
	const range = end === undefined ? '--from now-24h --to now' : `--from ${utc(end - day)} --to ${utc(end)}`;
	return `export ${words.join(' ')} ${range} `;
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

/** Where a command's own range, the last 24 hours, would be empty: the last 24 hours that have samples. */
function lastDay(chosen: readonly Chosen[], known: Known): readonly string[] {
	const end = oldEnd(chosen, known);
	return end === undefined ? [] : ['--to', utc(end)];
}

/** Epoch, ms: the minute after the newest sample, where that is more than a day ago. */
function oldEnd(chosen: readonly Chosen[], {now}: Known): number | undefined {
	const times = chosen.flatMap(({asset}) => newestSample(asset) ?? []);
	const newest = Math.max(...times);
	if (times.length === 0 || newest > now - day) return undefined;
	return (Math.floor(newest / minute) + 1) * minute;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** `2004-04-05T10:01Z` */
function utc(time: number): string {
	return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
