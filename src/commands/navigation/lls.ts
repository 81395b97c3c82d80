import {type Column, defineCommand, type Output} from '../../shell/command.ts';
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

/** Local files as they are, local directories by what is in them. */
export const lls = defineCommand({
	name: 'lls',
	group: 'Navigation',
	summary: 'List a local directory',
	args: {
		paths: {kind: 'local', many: true, optional: true, help: 'Local files and directories'},
		long: {kind: 'flag', short: 'l', help: 'With size and time'},
		all: {kind: 'flag', short: 'a', help: 'Also names that start with a dot'},
		single: {kind: 'flag', short: '1', help: 'One name a line'},
		time: {kind: 'flag', short: 't', help: 'Newest first'},
		size: {kind: 'flag', short: 'S', help: 'Largest first'},
		reverse: {kind: 'flag', short: 'r', help: 'The other way round'},
		human: {kind: 'flag', short: 'h', help: 'Readable sizes also in a pipe'},
	},
	examples: ['lls', 'lls -l ~/Downloads', 'lls -lt *.csv'],
	async *run({session, local}, {paths, long, all, single, time, size, reverse, human}) {
		const compare = (a: LocalEntry, b: LocalEntry) =>
			(time ? b.modified - a.modified : size ? b.size - a.size : 0) || compareNames(a.name, b.name);
		const show = (entries: readonly LocalEntry[], title: {title?: string; apart?: true} = {}): Output => {
			const sorted = entries.toSorted(compare);
			return {
				kind: 'records',
				records: (reverse ? sorted.toReversed() : sorted).map(recordOf),
				columns: long ? longColumns : columns,
				layout: long || single ? 'table' : 'grid',
				human,
				...title,
			};
		};
		const files: LocalEntry[] = [];
		const directories: {readonly path: string; readonly absolute: string}[] = [];
		for (const path of paths.length > 0 ? paths : ['.']) {
			const absolute = local.resolve(session.localDirectory, path);
			const entry = await local.stat(absolute);
			if (!entry) throw new ShellError('not-found', `${path}: no such local file or directory`);
			if (entry.kind === 'directory') directories.push({path, absolute});
			else files.push({...entry, name: path});
		}
		if (files.length > 0) yield show(files);
		for (const [index, {path, absolute}] of directories.entries()) {
			const entries = (await local.list(absolute)).filter(({name}) => all || !name.startsWith('.'));
			if (paths.length < 2) yield show(entries);
			else yield show(entries, {title: `${path}:`, ...(files.length + index > 0 && {apart: true})});
		}
	},
});

function recordOf(entry: LocalEntry) {
	const size = entry.kind === 'directory' ? null : entry.size;
	return {...entry, size, modified: new Date(entry.modified).toISOString()};
}
