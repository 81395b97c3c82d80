import {defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {quoteWord} from '../../shell/quote.ts';
import {silent} from '../shared/batch.ts';

/** Makes a time-series database, empty. */
export const create = defineCommand({
	name: 'create',
	group: 'Time series',
	summary: 'Make a time-series database',
	args: {
		what: {kind: 'text', choices: ['database'], help: 'What to make: database'},
		name: {kind: 'text', help: 'Its name; others may bear the same one'},
		description: {kind: 'text', option: true, optional: true, short: 'm', help: 'What is in it'},
	},
	examples: ['create database Microgrid', "create database 'Feeders 2026' -m 'one minute, all feeders'"],
	async *run({exchange, signal}, {name, description}) {
		if (name.trim() === '') throw new ShellError('usage', 'a database needs a name');
		const input = {name, ...(description !== undefined && {description})};
		const database = await exchange.timeSeries.createDatabase(input, {signal});
		yield silent([database]);
		// An older one of that name may stand in the way of the short form.
		const all = exchange.timeSeries.cachedDatabases() ?? [];
		const isOnly = all.every(
			other => other.name !== name || other.timeSeriesDbId === database.timeSeriesDbId,
		);
		const word = isOnly ? quoteWord(name) : `id:${database.timeSeriesDbId}`;
		yield {kind: 'note', text: `created ${name}: \`db ${word}\` selects it, \`publish\` fills it`};
	},
});
