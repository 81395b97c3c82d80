import {publicClimateAndPower} from './public-climate-and-power.ts';
import type {SampleStore} from './sample-store.ts';
import {sensorStudy} from './sensor-study.ts';

export type {SampleObject, SampleStore} from './sample-store.ts';

/**
 * The stores a new local exchange starts with: real data, the same at every call.
 * `data/NOTICE.md` has their sources and licences.
 */
export function* sampleStores(): Generator<SampleStore> {
	yield sensorStudy();
	yield publicClimateAndPower();
}
