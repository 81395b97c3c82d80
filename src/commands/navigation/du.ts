import {type Column, defineCommand, type Output, type Row} from '../../shell/command.ts';
import type {Entry} from '../../shell/ports.ts';
import {counted} from '../../shell/readable.ts';
import {enter} from '../../shell/resolve.ts';
import {directoryOf} from '../../shell/session.ts';
import {pathBelow, type Visit, walk} from '../../shell/walk.ts';
import {failure} from '../shared/failure.ts';
import {resolveAll} from '../shared/targets.ts';

const columns: readonly Column[] = [
	{field: 'storageSizeBytes', as: 'bytes'},
	{field: 'path', as: 'text'},
];

/** What is known of a directory while the walk is below it. */
type Total = {readonly visit: Visit; bytes: number; files: number; unknown: number};

/** The bytes in directories, each after those in it, the one that was named last. */
export const du = defineCommand({
	name: 'du',
	group: 'Navigation',
	summary: 'Add up the sizes of files',
	args: {
		paths: {kind: 'path', many: true, optional: true, help: 'Directories and files; default: where you are'},
		summarize: {kind: 'flag', short: 's', help: 'The total only'},
		human: {kind: 'flag', short: 'h', help: 'Readable sizes also in a pipe'},
		depth: {kind: 'count', option: true, optional: true, short: 'd', help: 'Levels of directories to show'},
	},
	examples: ['du', 'du -sh *', 'du -d 1 cases'],
	async *run(context, {paths, summarize, human, depth = Number.POSITIVE_INFINITY}) {
		const {targets, failures} = await resolveAll(context, paths.length > 0 ? paths : ['.']);
		for (const error of failures) yield {kind: 'error', verb: undefined, error};
		const row = (record: Row): Output => ({
			kind: 'records',
			records: [record],
			columns,
			layout: 'table',
			human,
		});
		let unknown = 0;
		for (const {location, entry, path} of targets) {
			if (entry?.objectType === 'FILE') {
				if (entry.storageSizeBytes === null) unknown++;
				yield row({...entry, path});
				continue;
			}
			const totals: Total[] = [];
			const finish = function* (level: number): Generator<Output> {
				for (let total = totals.at(-1); total && total.visit.names.length >= level; total = totals.at(-1)) {
					totals.pop();
					const above = totals.at(-1);
					if (above) add(above, total);
					else unknown += total.unknown;
					if (total.visit.names.length <= (summarize ? 0 : depth)) yield row(rowOf(total, path));
				}
			};
			for await (const visit of walk(context, entry ? enter(location, entry) : location, {order: 'none'})) {
				yield* finish(visit.names.length);
				if (visit.error) yield failure(pathBelow(path, visit.names), visit.error);
				totals.push({visit, ...totalOf(visit.entries)});
			}
			yield* finish(0);
		}
		if (unknown > 0) {
			const text = `${counted(unknown, 'file')} of unknown size not counted`;
			yield {kind: 'note', tone: 'warning', text};
		}
	},
});

function totalOf(entries: readonly Entry[]) {
	const total = {bytes: 0, files: 0, unknown: 0};
	for (const entry of entries) {
		if (entry.objectType !== 'FILE') continue;
		total.files++;
		if (entry.storageSizeBytes === null) total.unknown++;
		else total.bytes += entry.storageSizeBytes;
	}
	return total;
}

function add(above: Total, {bytes, files, unknown}: Total): void {
	above.bytes += bytes;
	above.files += files;
	above.unknown += unknown;
}

function rowOf({visit, bytes, files, unknown}: Total, path: string): Row {
	const {dataStoreDirectoryId} = directoryOf(visit.location);
	return {
		objectType: 'DIRECTORY',
		dataStoreDirectoryId,
		path: pathBelow(path, visit.names),
		storageSizeBytes: bytes,
		files,
		filesOfUnknownSize: unknown,
	};
}
