import {type Column, type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {fileName} from '../../shell/paths.ts';
import {resolveEntry} from '../../shell/resolve.ts';
import {about} from '../shared/about.ts';
import {silent} from '../shared/batch.ts';
import {directoryId, fileOf, pathIn} from '../shared/targets.ts';

const columns: readonly Column[] = [{field: 'description', as: 'text'}];

export const describe = defineCommand({
	name: 'describe',
	group: 'Files',
	summary: "Show or set a file's description",
	description: 'Several words are joined by spaces; an empty one in quotes takes the description away.',
	args: {
		path: {kind: 'path', help: 'The file; a root shows the description of its data store'},
		text: {kind: 'text', many: true, optional: true, help: 'The new description'},
	},
	examples: ['describe readme.txt', 'describe result.csv second run, corrected', "describe result.csv ''"],
	async *run(context, {path, text}) {
		const target = await resolveEntry(context, path);
		const {entry, location} = target;
		const {exchange, signal} = context;
		if (!entry && text.length === 0) {
			const {dataStoreId, name, description} = location.store;
			yield shown(context, {dataStoreId, name, description});
			return;
		}
		if (entry?.objectType !== 'FILE') {
			throw new ShellError('unsupported', `${path}: only files can be given a description`);
		}
		const {dataStoreFileId} = fileOf(target);
		if (text.length === 0) {
			const {name, fileExtension, description} = await about(
				path,
				exchange.getFile(dataStoreFileId, {signal}),
			);
			yield shown(context, {
				dataStoreFileId,
				path: pathIn(location, fileName({name, fileExtension})),
				description,
			});
			return;
		}
		const change = {dataStoreFileId, from: directoryId(location), description: text.join(' ')};
		yield silent([
			{...(await about(path, exchange.updateFile(change, {signal}))), description: change.description},
		]);
	},
});

function shown({interactive}: Context, record: Row): Output {
	return interactive && !record.description
		? {kind: 'note', text: 'no description'}
		: {kind: 'records', records: [record], columns, layout: 'table'};
}
