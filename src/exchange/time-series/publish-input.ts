import type {Asset, PublishRequest, SampleRecord} from '../../shell/time-series.ts';
import type {TimeSeriesDbRecordInput} from '../operations/generated.ts';
import {epochInstant} from './times.ts';

/** Records as the API takes them: of several measures where they bear a name of their own, else of one. */
export function recordInputs({name, records}: PublishRequest): readonly TimeSeriesDbRecordInput[] {
	return records.map(record => {
		const dimensions = {...record.dimensions, ...(name !== undefined && {name})};
		return {
			Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({
				Name,
				Value,
				DimensionValueType: 'VARCHAR' as const,
			})),
			...measureInput(record),
			Time: record.time,
			TimeUnit: record.timeUnit,
			Version: record.version,
		};
	});
}

/** What a record of several measures without a name is called. */
const unnamed = 'values';

function measureInput({measureName, values}: SampleRecord): TimeSeriesDbRecordInput {
	const [only] = values;
	if (measureName === undefined && only && values.length === 1) {
		return {MeasureName: only.name, MeasureValue: only.value, MeasureValueType: only.type};
	}
	return {
		MeasureName: measureName ?? unnamed,
		MeasureValueType: 'MULTI',
		MeasureValues: values.map(({name, value, type}) => ({Name: name, Value: value, Type: type})),
	};
}

/** What is known of the asset once the Exchange has taken these records. */
export function publishedNews({assetId, name, records}: PublishRequest): Asset {
	const attributes = records.flatMap(({values, time, timeUnit}) => {
		const lastValueTime = epochInstant(time, timeUnit);
		return values.map(value => ({
			name: value.name,
			attributeType: value.type,
			lastValue: value.value,
			lastValueTime,
		}));
	});
	return {assetId, name: name ?? null, attributes};
}
