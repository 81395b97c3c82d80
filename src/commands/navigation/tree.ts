import {type Column, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {entryName} from '../../shell/paths.ts';
import type {Entry} from '../../shell/ports.ts';
import {counted} from '../../shell/readable.ts';
import {resolveDirectory} from '../../shell/resolve.ts';
import {directoryOf} from '../../shell/session.ts';
import {pathBelow, type Visit, walk} from '../../shell/walk.ts';
import {failure} from '../shared/failure.ts';

const columns: readonly Column[] = [{field: 'branches', as: 'tree'}];

/** A directory whose rows are not all shown yet. */
type Level = {readonly visit: Visit; readonly indent: string; next: number};

/** A directory and all below it, drawn as tree(1) does, as it comes. */
export const tree = defineCommand({
	name: 'tree',
	group: 'Navigation',
	summary: 'Draw a directory and all below it',
	args: {
		directory: {kind: 'directory', optional: true, help: 'Where to start; default: where you are'},
		level: {kind: 'count', option: true, optional: true, short: 'L', help: 'Levels to show'},
		all: {kind: 'flag', short: 'a', help: 'Also names that start with a dot'},
		directories: {kind: 'flag', short: 'd', help: 'Directories only'},
	},
	examples: ['tree', 'tree -L 2 /', 'tree -d cases'],
	async *run(context, {directory = '.', level, all, directories}) {
		const start = await resolveDirectory(context, directory);
		const accept = (entry: Entry) =>
			(all || !entryName(entry).startsWith('.')) && (!directories || entry.objectType === 'DIRECTORY');
		const depth = level === undefined ? undefined : Math.max(0, level - 1);
		const levels: Level[] = [];
		const count = {files: 0, directories: 0};
		const {dataStoreDirectoryId} = directoryOf(start);
		const top = {objectType: 'DIRECTORY', dataStoreDirectoryId, name: directory, path: directory};
		yield records([{...top, branches: ''}]);

		for await (const visit of walk(context, start, {accept, ...(depth !== undefined && {depth})})) {
			const above = levels.at(-1);
			const isLast = above === undefined || above.next === above.visit.entries.length;
			const indent = above === undefined ? '' : above.indent + (isLast ? '    ' : '│   ');
			if (visit.error) yield failure(pathBelow(directory, visit.names), visit.error);
			for (const entry of visit.entries) count[entry.objectType === 'FILE' ? 'files' : 'directories']++;
			levels.push({visit, indent, next: 0});
			const rows = rowsUpToNextDirectory(levels, directory);
			if (rows.length > 0) yield records(rows);
		}
		const folders = counted(count.directories, 'directory', 'directories');
		yield {kind: 'note', text: directories ? folders : `${folders}, ${counted(count.files, 'file')}`};
	},
});

function records(rows: readonly Row[]): Output {
	return {kind: 'records', records: rows, columns, layout: 'table'};
}

/** Up to and with the directory that the walk enters next; finished levels are taken off. */
function rowsUpToNextDirectory(levels: Level[], directory: string): Row[] {
	const rows: Row[] = [];
	for (let level = levels.at(-1); level; level = levels.at(-1)) {
		const {entries, entered, names} = level.visit;
		const entry = entries[level.next++];
		if (entry === undefined) {
			levels.pop();
			continue;
		}
		const branch = level.next === entries.length ? '└── ' : '├── ';
		const path = pathBelow(directory, [...names, entryName(entry)]);
		rows.push({...entry, path, branches: level.indent + branch});
		if (entered.has(entry)) break;
	}
	return rows;
}
