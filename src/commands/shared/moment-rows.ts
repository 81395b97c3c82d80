import type {Column, Context, Output, Row} from '../../shell/command.ts';
import type {Moment} from '../../shell/join-samples.ts';
import type {Series} from './series.ts';
import {uniqueNames} from './unique-names.ts';

/** A row a time; as JSON an object a sample, in the API's words. */
export function momentsAs({format}: Pick<Context, 'format'>, series: readonly Series[]) {
	const labels = series.map(({label}) => label);
	const fields = uniqueNames(labels, ['timestamp']);
	const columns: readonly Column[] = [
		{field: 'timestamp', as: 'instant', header: 'time'},
		...fields.map((field, index): Column => ({field, as: 'value', header: labels[index]!})),
	];
	const apart = ({timestamp, values}: Moment): Row[] =>
		values.flatMap((value, index) => {
			const {asset, attribute} = series[index]!;
			const {name: attributeName, attributeType} = attribute;
			const {assetId, name} = asset;
			return value === null
				? []
				: [{assetId, name, attribute: attributeName, attributeType, timestamp, value}];
		});
	const joined = ({timestamp, values}: Moment): Row =>
		Object.fromEntries([['timestamp', timestamp], ...fields.map((field, index) => [field, values[index]])]);
	return (moments: readonly Moment[], isFirst: boolean): Output => ({
		kind: 'records',
		records: format === 'json' ? moments.flatMap(apart) : moments.map(joined),
		columns,
		layout: 'table',
		headers: isFirst,
	});
}
