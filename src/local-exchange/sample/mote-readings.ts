import type {StoredRecord} from '../timestream/types.ts';
import {readTable} from './data.ts';
import {measures, nanoseconds} from './sample-records.ts';

/** Every reading of the sensor study, as one record: humidity, temperature and whether there was an event. */
export function* moteReadings(): Generator<StoredRecord> {
	for (const line of readTable('sensor-network').lines) {
		const [reading, mote, indoor, humidity, temperature, label] = line.split(',');
		yield {
			dimensions: {
				assetId: `mote-${mote}`,
				name: `Mote ${mote}`,
				place: indoor === '1' ? 'indoor' : 'outdoor',
			},
			measureName: 'reading',
			time: nanoseconds(Date.UTC(2010, 4, 9) + Number(reading) * 5000),
			version: 1n,
			multi: true,
			values: measures([
				['humidity_pct', 'DOUBLE', humidity],
				['temperature_C', 'DOUBLE', temperature],
				['event', 'BOOLEAN', label === '1' ? 'true' : 'false'],
			]),
		};
	}
}
