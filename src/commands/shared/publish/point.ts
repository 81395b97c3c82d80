import {ShellError} from '../../../shell/errors.ts';
import {momentOf} from '../../../shell/time-range.ts';
import type {SampleRecord} from '../../../shell/time-series.ts';
import {type EpochUnit, epochNs, guessUnit, readTime} from './cell-times.ts';
import {isStorable, isUnreal, misfit, typesOf, type ValueType} from './cell-types.ts';
import {type Given, type RecordStyle, recordsAt} from './records.ts';
import {shownCell} from './survey.ts';

/** `kW=412.5` and the like. */
export const assignment = /^([^=]+)=(.*)$/s;

type Options = {
	/** A moment, or an epoch; now without it. */
	readonly time: string | undefined;
	readonly unit: EpochUnit | undefined;
	readonly types: ReadonlyMap<string, ValueType>;
	readonly style: RecordStyle;
	/** Epoch, ms. */
	readonly now: number;
};

/** The samples of one moment, from words such as `kW=412.5`. Throws `usage` for a value that cannot be sent. */
export function readPoint(
	words: readonly string[],
	{time, unit, types, style, now}: Options,
): {readonly ns: bigint; readonly given: readonly Given[]; readonly records: readonly SampleRecord[]} {
	const given = words.map(word => readValue(word, types));
	const twice = given.find(({name}, index) => given.findIndex(other => other.name === name) < index);
	if (twice) throw new ShellError('usage', `${twice.name}: given twice`);
	const ns = readMoment(time, unit, now);
	return {ns, given, records: recordsAt(ns, given, style)};
}

function readValue(word: string, types: ReadonlyMap<string, ValueType>): Given {
	const [, name = '', cell = ''] = assignment.exec(word) ?? [];
	if (cell.trim() === '') throw new ShellError('usage', `${word}: no value`, {hint: `${name}=412.5`});
	const known = types.get(name);
	const type = known ?? typesOf(cell)[0] ?? (isUnreal(cell) ? 'DOUBLE' : 'VARCHAR');
	if (!isStorable(type, cell)) {
		throw new ShellError('usage', `${name}: ${shownCell(cell)} ${misfit(type, cell)}`, {
			...(known !== undefined && {hint: `${name} is ${known} here; another name is another attribute`}),
		});
	}
	return {name, type, cell};
}

function readMoment(text: string | undefined, unit: EpochUnit | undefined, now: number): bigint {
	const time = text === undefined ? undefined : readTime(text);
	if (unit !== undefined && time?.kind !== 'epoch') {
		const what = text === undefined ? 'there is no --time' : `--time ${text} is no number`;
		throw new ShellError('usage', `--unit ${unit}: ${what}`, {hint: `--time NUMBER --unit ${unit}`});
	}
	if (text === undefined) return BigInt(now) * 1_000_000n;
	if (time?.kind === 'moment') return time.ns;
	if (time) return epochNs(time, unit ?? guessUnit(time.scaled, time.scaled, '--time'));
	return BigInt(Math.trunc(momentOf(text, now))) * 1_000_000n;
}
