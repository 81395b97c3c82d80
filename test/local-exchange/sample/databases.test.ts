import {describe, expect, test} from 'vitest';
import {readData} from '../../../src/local-exchange/sample/data.ts';
import {sampleDatabases} from '../../../src/local-exchange/sample/databases.ts';
import {tideStations} from '../../../src/local-exchange/sample/noaa-tides.ts';
import {tideHistory, tideNow} from '../../../src/local-exchange/sample/tides.ts';
import type {StoredRecord} from '../../../src/local-exchange/timestream/types.ts';

const midnight = Date.UTC(2026, 10, 21);
const minute = 60_000;

const keyOf = ({dimensions, measureName, time}: StoredRecord) =>
	`${dimensions.assetId} ${measureName} ${time}`;

describe('the sample databases', () => {
	test.each([...sampleDatabases()].map(database => [database.name, database] as const))(
		'%s: no record stands for another, every value has its type, every asset one name',
		(_, database) => {
			const keys = new Set<string>();
			const names = new Map<string, string>();
			for (const batch of database.records) {
				for (const record of batch) {
					keys.add(keyOf(record));
					const {assetId, name} = record.dimensions;
					expect(names.get(assetId!) ?? name).toBe(name);
					names.set(assetId!, name!);
					expect(record.values.length).toBeGreaterThan(0);
					for (const {type, value} of record.values) {
						if (type === 'DOUBLE' || type === 'BIGINT') expect(Number(value)).not.toBeNaN();
					}
				}
			}
			const records = [...database.records].reduce((sum, batch) => sum + batch.length, 0);
			expect(keys.size).toBe(records);
		},
	);

	test('NOTICE tells where the tides come from', () => {
		expect(new TextDecoder().decode(readData('NOTICE.md'))).toContain('## noaa-tides.tsv.gz');
	});
});

describe('tides', () => {
	const seattle = tideStations().find(({station}) => station === '9447130')!;
	const levels = (records: readonly StoredRecord[]) => records.map(({values}) => Number(values[0]!.value));

	test('Seattle has two high and two low waters a day, between the lowest and highest astronomical tide', () => {
		const day = levels(seattle.records(midnight, midnight + 25 * 60 * minute, 6 * minute));
		const turns = day.filter((level, at) => {
			const [before, after] = [day[at - 1], day[at + 1]];
			return (
				before !== undefined && after !== undefined && level > before === level >= after && level !== before
			);
		});
		expect(turns.length).toBe(4);
		expect(Math.min(...day)).toBeGreaterThan(-1.311);
		expect(Math.max(...day)).toBeLessThan(4.035);
	});

	test('the rate is that of the level', () => {
		const [first, second] = seattle.records(midnight, midnight + minute, minute);
		const risen = Number(second!.values[0]!.value) - Number(first!.values[0]!.value);
		expect(Number(first!.values[1]!.value)).toBeCloseTo(risen * 60, 0);
	});

	test('records lie on multiples of the step, the ends included', () => {
		const times = seattle.records(midnight, midnight + 12 * minute, 6 * minute).map(({time}) => time);
		expect(times).toEqual([0, 6, 12].map(minutes => BigInt(midnight + minutes * minute) * 1_000_000n));
	});

	test('in a minute each station speaks once, Seattle at every beat', () => {
		const spoken = Array.from({length: 12}, (_, beat) => {
			const now = midnight + beat * 5000;
			return tideNow(now, now - 5000);
		}).flat();
		const counts = Map.groupBy(spoken, ({dimensions}) => dimensions.assetId);
		expect(counts.size).toBe(tideStations().length);
		expect(counts.get('noaa-9447130')).toHaveLength(12);
		expect(Math.max(...[...counts].map(([id, all]) => (id === 'noaa-9447130' ? 0 : all.length)))).toBe(1);
	});

	test('what was missed is made up for, a day at most', () => {
		const perStation = (since: number) =>
			tideNow(midnight, since).filter(({dimensions}) => dimensions.assetId === 'noaa-9446484').length;
		expect(perStation(midnight - 60 * minute)).toBeGreaterThanOrEqual(10);
		expect(perStation(midnight - 90 * 24 * 60 * minute)).toBeLessThanOrEqual(242);
	});

	test('the history ends now', () => {
		const [batch] = tideHistory(midnight);
		expect(batch!.at(-1)!.time).toBe(BigInt(midnight) * 1_000_000n);
		expect(batch!.length).toBe(481);
	});
});
