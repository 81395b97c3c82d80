import {ShellError} from '../../../shell/errors.ts';
import {breather} from '../../../shell/slices.ts';
import {type ValueType, valueTypes} from './cell-types.ts';
import type {FileRow, Reading, SeriesNotes} from './row.ts';

/** An object of a JSON text, and the line it begins in. */
export type JsonObject = {readonly line: number; readonly value: Readonly<Record<string, unknown>>};

/** What `data --json` writes of a sample. */
const sampleKeys = new Set(['assetId', 'name', 'attribute', 'attributeType', 'timestamp', 'value']);

/** Whether an object is a sample as `data --json` writes it, or an asset as `export` does. */
export function isOfSeries({value}: JsonObject): boolean {
	return isSample(value) || isAsset(value);
}

function isSample(value: JsonObject['value']): boolean {
	const needed = ['assetId', 'attribute', 'timestamp', 'value'];
	return needed.every(key => key in value) && Object.keys(value).every(key => sampleKeys.has(key));
}

function isAsset({assetId, attributes}: JsonObject['value']): boolean {
	return typeof assetId === 'string' && Array.isArray(attributes);
}

/**
 * The rows of a text of samples, joined by time, which is the first column; all of them are held in memory.
 * A second value for the same time is a row of its own. Rows of an export, which has no line of its own for a
 * time, are counted from 1 instead. Throws, with the line, for what is none of both.
 */
export function seriesRows(objects: AsyncIterable<readonly JsonObject[]>, name: string): Reading {
	const columns = ['timestamp'];
	const notes: SeriesNotes = {types: new Map(), assets: new Map(), counts: 'line'};
	async function* rows(): AsyncGenerator<readonly FileRow[]> {
		const joined = joiner(columns);
		// Whoever takes the rows ends the work on an abort.
		const breathe = breather(new AbortController().signal);
		let count = 0;
		for await (const batch of objects) {
			for (const object of batch) {
				for (const sample of samplesOf(object, name)) {
					if (count++ % 100 === 0) await breathe();
					const {attribute, type, asset} = sample;
					if (!notes.assets.has(asset)) notes.assets.set(asset, sample.line ?? object.line);
					if (type !== undefined) notes.types.set(attribute, type);
					if (sample.line === undefined) notes.counts = 'moment';
					joined.add(sample);
				}
			}
		}
		for (let from = 0; from < joined.rows.length; from += 1000) {
			yield joined.rows.slice(from, from + 1000);
		}
	}
	return {columns, rows: rows(), series: notes};
}

type Sample = {
	readonly asset: string;
	readonly attribute: string;
	readonly type: ValueType | undefined;
	readonly timestamp: string;
	/** Empty: none. */
	readonly value: string;
	/** Undefined: one line holds many. */
	readonly line: number | undefined;
};

function joiner(columns: string[]) {
	const rows: {readonly line: number; readonly cells: string[]}[] = [];
	const ofTime = new Map<string, string[]>();
	const places = new Map<string, number>();
	const add = ({attribute, timestamp, value, line}: Sample) => {
		const place = places.get(attribute) ?? columns.push(attribute) - 1;
		places.set(attribute, place);
		const cells = ofTime.get(timestamp);
		const before = cells?.[place] ?? '';
		if (cells && (before === '' || before === value)) {
			while (cells.length <= place) cells.push('');
			cells[place] = value;
			return;
		}
		const made = Array.from({length: place + 1}, () => '');
		[made[0], made[place]] = [timestamp, value];
		rows.push({line: line ?? rows.length + 1, cells: made});
		if (!cells) ofTime.set(timestamp, made);
	};
	return {rows, add};
}

function* samplesOf({line, value}: JsonObject, name: string): Generator<Sample> {
	const wrong = (what: string) => new ShellError('failed', `${name}: line ${line}: ${what}`);
	const text = (from: unknown, what: string) => {
		if (typeof from === 'string' && from !== '') return from;
		throw wrong(`no ${what}`);
	};
	const cell = (from: unknown) => {
		if (from === null || from === undefined) return '';
		if (typeof from === 'object') throw wrong('a list or an object where one value is wanted');
		return String(from);
	};
	const asset = text(value.assetId, 'assetId');
	if (isSample(value)) {
		const attribute = text(value.attribute, 'attribute');
		const type = typeOf(value.attributeType);
		yield {asset, attribute, type, timestamp: cell(value.timestamp), value: cell(value.value), line};
		return;
	}
	if (!isAsset(value)) throw wrong('not an asset with attributes, nor a sample, as above');
	for (const described of listOf(value.attributes)) {
		const attribute = text(described?.name, 'name of an attribute');
		const type = typeOf(described?.attributeType);
		for (const sample of listOf(described?.data)) {
			if (!sample) throw wrong(`${attribute}: not a sample such as {"timestamp": …, "value": "1"}`);
			const {timestamp, value: given} = sample;
			yield {asset, attribute, type, timestamp: cell(timestamp), value: cell(given), line: undefined};
		}
	}
}

function listOf(value: unknown): readonly (Readonly<Record<string, unknown>> | undefined)[] {
	if (!Array.isArray(value)) return [];
	return value.map(each => (typeof each === 'object' && each !== null ? each : undefined));
}

function typeOf(text: unknown): ValueType | undefined {
	return valueTypes.find(type => type === text);
}
