import type {Column, Format, Output, Row} from './command.ts';

/**
 * Marks one command's data outputs as JSON or CSV, in their order: the first CSV table, and any with other
 * columns than the one before, has a header. Text is a table of one column there; records that a person is not
 * shown have a column for each field.
 */
export function formatted(format: Format | undefined): (output: Output) => Output {
	if (format === undefined) return output => output;
	if (format === 'json') return output => (isData(output) ? {...output, json: true} : output);
	let columns: string | undefined;
	const tabled = (output: Extract<Output, {kind: 'records'}>): Output => {
		const own = output.columns.length > 0 ? output.columns : columnsOf(output.records);
		const fields = JSON.stringify(own.map(({field}) => field));
		const headers = fields !== columns && own.length > 0;
		columns = fields;
		return {...output, columns: own, csv: true, headers};
	};
	return output => {
		if (output.kind === 'records') return tabled(output);
		if (output.kind !== 'text') return isData(output) ? {...output, csv: true} : output;
		const records = [{text: output.text.replace(/\n$/, '')}];
		return tabled({kind: 'records', records, columns: [{field: 'text', as: 'text'}], layout: 'table'});
	};
}

/** The fields of records that a cell holds, in the order in which they come. */
function columnsOf(records: readonly Row[]): readonly Column[] {
	const fields = new Set<string>();
	for (const record of records) {
		for (const [field, value] of Object.entries(record)) {
			if (typeof value !== 'object' || value === null) fields.add(field);
		}
	}
	return [...fields].map(field => ({field, as: 'text'}));
}

type Data = Extract<Output, {kind: 'records' | 'chart' | 'text' | 'bytes'}>;

/** What belongs into a pipe or a file; the rest is narration. */
export function isData(output: Output): output is Data {
	const {kind} = output;
	return kind === 'records' || kind === 'chart' || kind === 'text' || kind === 'bytes';
}
