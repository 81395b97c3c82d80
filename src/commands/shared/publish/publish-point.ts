import type {Column, Context, Output} from '../../../shell/command.ts';
import {ShellError} from '../../../shell/errors.ts';
import {about} from '../about.ts';
import {silent} from '../batch.ts';
import {type PublishOptions, replaceHint} from './options.ts';
import {readPoint} from './point.ts';
import {isoOf} from './preview.ts';
import {publishRecords} from './publish-records.ts';

const columns: readonly Column[] = [
	{field: 'attribute', as: 'text', header: 'attribute'},
	{field: 'value', as: 'value', header: 'value'},
	{field: 'type', as: 'text', header: 'type'},
	{field: 'time', as: 'instant', header: 'time'},
];

/** Sends the values of one moment. */
export async function* publishPoint(
	context: Context,
	words: readonly string[],
	{target, types, style, replaces, time, unit, dryRun}: PublishOptions,
): AsyncGenerator<Output> {
	const known = new Map([...target.databaseTypes, ...types]);
	const {ns, given, records} = readPoint(words, {time, unit, types: known, style, now: context.now()});
	const rows = given.map(({name, type, cell}) => ({
		assetId: target.assetId,
		attribute: name,
		value: cell,
		type,
		time: isoOf(ns),
	}));
	if (dryRun) {
		yield {kind: 'records', records: rows, columns, layout: 'table', headers: true};
		return;
	}
	const {timeSeriesDbId} = target.database;
	const {assetId, name, label} = target;
	const request = {timeSeriesDbId, assetId, ...(name !== undefined && {name}), records, replaces};
	const call = {signal: context.signal};
	const {rejected} = await about(label, publishRecords(context.exchange, request, call));
	const [first] = rejected;
	if (first) {
		throw new ShellError('failed', `${label}: ${first.reason}`, {
			...(first.existingVersion !== undefined && !replaces && {hint: replaceHint}),
		});
	}
	yield silent(rows);
	const values = given.map(({name: attribute, cell}) => `${attribute} ${cell}`).join(', ');
	yield {kind: 'note', text: `${label}: ${values}`};
}
