import {type Column, defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {compareNames} from '../../shell/listing.ts';
import type {LocalEntry} from '../../shell/ports.ts';

const columns: readonly Column[] = [{field: 'name', as: 'entry'}];
const longColumns: readonly Column[] = [
	{field: 'mode', as: 'mode', screenOnly: true},
	{field: 'name', as: 'entry'},
	{field: 'size', as: 'bytes'},
	{field: 'modified', as: 'time'},
];

/** The local directory, or the one that is named; a file lists itself. */
export const lls = defineCommand({
	name: 'lls',
	group: 'Navigation',
	summary: 'List a local directory',
	args: {
		path: {kind: 'local', optional: true, help: 'Local directory or file'},
		long: {kind: 'flag', short: 'l', help: 'With size and time'},
		all: {kind: 'flag', short: 'a', help: 'Also names that start with a dot'},
	},
	examples: ['lls', 'lls -l ~/Downloads'],
	async *run({session, local}, {path = '.', long, all}) {
		const absolute = local.resolve(session.localDirectory, path);
		const entry = await local.stat(absolute);
		if (!entry) throw new ShellError('not-found', `${path}: no such local file or directory`);
		const entries = entry.kind === 'directory' ? await local.list(absolute) : [{...entry, name: path}];
		yield {
			kind: 'records',
			records: entries
				.filter(({name}) => all || entry.kind !== 'directory' || !name.startsWith('.'))
				.toSorted((a, b) => compareNames(a.name, b.name))
				.map(recordOf),
			columns: long ? longColumns : columns,
			layout: long ? 'table' : 'grid',
		};
	},
});

function recordOf(entry: LocalEntry) {
	const size = entry.kind === 'directory' ? null : entry.size;
	return {...entry, size, modified: new Date(entry.modified).toISOString()};
}
