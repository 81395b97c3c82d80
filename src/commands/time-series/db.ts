import {type Column, defineCommand} from '../../shell/command.ts';
import {resolveDatabase, selectedDatabase} from '../../shell/databases.ts';

const columns: readonly Column[] = [{field: 'name', as: 'text'}];

/** Selects the database that assets are looked up in, or says which one that is. */
export const db = defineCommand({
	name: 'db',
	group: 'Time series',
	summary: 'Select a time-series database, or say which one is',
	description:
		'A database is named by its name or, where two bear the same one, by `id:timeSeriesDbId.…`. The next start takes it up again.',
	args: {
		database: {kind: 'database', optional: true, help: 'Name or id of the database'},
	},
	examples: ['db Microgrid', 'db'],
	async *run(context, {database: word}) {
		if (word === undefined) {
			yield {kind: 'records', records: [selectedDatabase(context)], columns, layout: 'table'};
			return;
		}
		const database = await resolveDatabase(context, word);
		yield {kind: 'session', action: {type: 'database', database}};
	},
});
