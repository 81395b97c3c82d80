import type {StoredRecord} from '../timestream/types.ts';
import {moteReadings} from './mote-readings.ts';
import type {SampleDatabase} from './sample-database.ts';

export type {SampleDatabase} from './sample-database.ts';

const batchSize = 1000;

/**
 * The time-series databases a new local exchange starts with: real data, the same at every call. What they hold
 * is read only when their records are asked for. `data/NOTICE.md` has sources and licences.
 */
export function* sampleDatabases(): Generator<SampleDatabase> {
	yield {
		name: 'Sensor study',
		description: 'Humidity and temperature from four TelosB motes on 9 May 2010 (Suthaharan et al.)',
		records: {[Symbol.iterator]: () => inBatches(moteReadings())},
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
