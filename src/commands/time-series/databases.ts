import {type Column, type Context, defineCommand, type Output} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import {databaseService} from '../../shell/services.ts';
import type {TimeSeriesDb} from '../../shell/time-series.ts';
import {audienceColumn, withAudiences} from '../shared/audiences.ts';
import {fileArgs, saved} from '../shared/saved.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'name', header: 'name'},
	{field: 'databaseName', as: 'text', header: 'SQL database'},
	{field: 'description', as: 'text', header: 'description'},
];
const longColumns = (interactive: boolean): readonly Column[] => [
	...columns,
	{field: 'tableName', as: 'text', header: 'SQL table'},
	{field: interactive ? 'owner' : 'ownerUserId', as: 'maybe', header: 'owner'},
	{field: 'timeSeriesDbId', as: 'text', header: 'id'},
	audienceColumn,
	...(interactive ? [{field: 'selected', as: 'text', header: 'here'} as const] : []),
];
const shortColumns = (interactive: boolean): readonly Column[] => [
	...(interactive ? [{field: 'selected', as: 'text', header: ''} as const] : []),
	...columns,
];

/** The time-series databases of the user, by name; a person sees which one is selected. */
export const databases = defineCommand({
	name: 'databases',
	aliases: ['dbs'],
	group: 'Time series',
	summary: 'List the time-series databases you can see',
	args: {
		long: {kind: 'flag', short: 'l', help: 'With SQL table, owner, id and audience'},
		...fileArgs,
	},
	examples: ['databases', 'dbs -l', 'databases --json'],
	run: (context, {output, force, long}) => saved(context, {output, force}, inner => list(inner, long)),
});

async function* list(context: Context, long: boolean): AsyncGenerator<Output> {
	const {exchange, session, signal, interactive} = context;
	const found = await exchange.timeSeries.listDatabases({signal});
	if (found.length === 0 && interactive) {
		yield {kind: 'note', text: 'no time-series databases: `create database NAME` makes one'};
	}
	const sorted = found.toSorted((a, b) => compareNames(a.name, b.name));
	const selected = session.database?.timeSeriesDbId;
	const listing = (rows: readonly TimeSeriesDb[]): Output => ({
		kind: 'records',
		records: interactive
			? rows.map(row => ({
					...row,
					...(row.timeSeriesDbId === selected && {selected: long ? 'selected' : '▸'}),
				}))
			: rows,
		columns: long ? longColumns(interactive) : shortColumns(interactive),
		// An id is of use only when it is whole, which a row on a screen has no room for.
		layout: long && interactive ? 'fields' : 'table',
		headers: interactive && found.length > 0,
	});
	if (long) yield* withAudiences(context, sorted, databaseService, listing);
	else yield listing(sorted);
}
