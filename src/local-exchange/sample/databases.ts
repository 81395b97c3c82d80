import type {StoredRecord} from '../timestream/types.ts';
import {climateAndPowerRecords} from './climate-and-power-records.ts';
import {moteReadings} from './mote-readings.ts';
import type {SampleDatabase} from './sample-database.ts';
import {tideHistory, tideNow} from './tides.ts';

export type {SampleDatabase} from './sample-database.ts';

const batchSize = 1000;

/**
 * The time-series databases a new local exchange starts with: real data. What they hold
 * is read only when their records are asked for. `data/NOTICE.md` has sources and licences.
 */
export function* sampleDatabases(): Generator<SampleDatabase> {
	yield {
		name: 'NOAA tides',
		description:
			'Tide predicted at 399 stations of the United States from the constituents that NOAA publishes; live while the exchange runs',
		records: {[Symbol.iterator]: () => tideHistory()},
		live: tideNow,
	};
	yield {
		name: 'Sensor study',
		description: 'Humidity and temperature from four TelosB motes on 9 May 2010 (Suthaharan et al.)',
		records: {[Symbol.iterator]: () => inBatches(moteReadings())},
	};
	yield {
		name: 'Climate and power',
		description:
			'Weather, climate and electricity generation as published by NOAA, NASA, Scripps and the EIA',
		records: {[Symbol.iterator]: () => inBatches(climateAndPowerRecords())},
	};
}

function* inBatches(records: Iterable<StoredRecord>): Generator<readonly StoredRecord[]> {
	let batch: StoredRecord[] = [];
	for (const record of records) {
		if (batch.push(record) < batchSize) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}
