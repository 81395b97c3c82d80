import {type Context, defineCommand} from '../../shell/command.ts';
import {resolveDatabase} from '../../shell/databases.ts';
import {counted} from '../../shell/readable.ts';
import type {TimeSeriesDb} from '../../shell/time-series.ts';
import {about} from '../shared/about.ts';
import {silent} from '../shared/batch.ts';

/** Deletes a time-series database with all of its samples, once its name has been typed. */
export const deleteDatabase = defineCommand({
	name: 'delete',
	group: 'Time series',
	summary: 'Delete a time-series database with all its samples',
	description: 'Asks for the name of the database first. There is no way back.',
	args: {
		what: {kind: 'text', choices: ['database'], help: 'What to delete: database'},
		database: {kind: 'database', help: 'Name or id of the database'},
		force: {kind: 'flag', short: 'f', help: 'Do not ask'},
	},
	examples: ['delete database Microgrid', 'delete database -f id:timeSeriesDbId.7c1e'],
	async *run(context, {database: word, force}) {
		const {exchange, session, signal} = context;
		// What another client has renamed since must not be taken for what it was.
		const database = await resolveDatabase(context, word, {maxAge: 0});
		if (!force) {
			const typed = (await context.ask(question(context, database))).trim();
			// A name that no keyboard has can be answered by the id.
			if (typed !== database.name.trim() && typed !== `id:${database.timeSeriesDbId}`) {
				yield {
					kind: 'note',
					text: typed === '' ? 'nothing deleted' : `not ${database.name}: nothing deleted`,
				};
				return;
			}
		}
		await about(word, exchange.timeSeries.deleteDatabase(database.timeSeriesDbId, {signal}));
		if (session.database?.timeSeriesDbId === database.timeSeriesDbId) {
			yield {kind: 'session', action: {type: 'database', database: undefined}};
		}
		yield silent([database]);
		yield {kind: 'note', text: `deleted ${database.name}`};
	},
});

function question({exchange}: Context, {name, timeSeriesDbId}: TimeSeriesDb): string {
	const latest = exchange.timeSeries.cachedLatest(timeSeriesDbId);
	const content = latest?.isComplete ? counted(latest.assets.length, 'asset') : 'everything in it';
	return `Delete the database ${name} with ${content}? Type its name:`;
}
