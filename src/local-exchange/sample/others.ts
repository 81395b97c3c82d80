import type {StoredRecord} from '../timestream/types.ts';
import {globalTemperature, maunaLoa} from './climate-and-power-records.ts';
import {linesBy, readData, readTable} from './data.ts';
import type {SampleDatabase} from './sample-database.ts';
import {csv, file, type SampleStore} from './sample-store.ts';

/** What belongs to somebody else than the local user. `owner` is an account of the sample's people. */
type Owned = {readonly owner: string};

/** When the texts about the data were written. */
const written = '2026-11-21T09:00:00.000Z';

/** Real data, as in the local user's stores; `data/NOTICE.md` has its sources and licences. */
export function* othersStores(): Generator<SampleStore & Owned> {
	const co2 = readTable('co2-mauna-loa');
	yield {
		owner: 'ines.moreau',
		name: 'Mauna Loa air',
		description: 'CO₂ at Mauna Loa by decade (Scripps)',
		objects: [
			file('NOTICE', readData('NOTICE.md'), written, 'Sources and licences of the sample data'),
			...decades(co2).map(([decade, lines]) =>
				file(`CO₂ ${decade}.csv`, csv(co2.header, lines), `${dateOf(lines.at(-1)!)}T00:00:00.000Z`),
			),
		],
	};
	const weather = readTable('daily-weather');
	const cities = [...linesBy(weather, 0)];
	yield {
		owner: 'pia.holm',
		name: 'Wind and rain',
		description: 'Daily weather in Seattle and New York (NOAA)',
		objects: [
			file('NOTICE', readData('NOTICE.md'), written, 'Sources and licences of the sample data'),
			...cities.map(([city, days]) =>
				file(`${city}.csv`, csv(weather.header, days), `${days.at(-1)!.split(',')[1]}T00:00:00.000Z`),
			),
		],
	};
	const temperature = readTable('global-temperature');
	yield {
		owner: 'kit.brandt',
		name: 'Calibration notes',
		description: 'Shared with nobody',
		objects: [
			file('temperature.csv', csv(temperature.header, temperature.lines), '2023-12-31T00:00:00.000Z'),
		],
	};
}

/** As the local user's: what they hold is read when it is asked for. */
export function* othersDatabases(): Generator<SampleDatabase & Owned> {
	yield {
		owner: 'joon.park',
		name: 'Mauna Loa',
		description: 'CO₂ at Mauna Loa by month, 1958 to 2020 (Scripps)',
		records: {[Symbol.iterator]: () => oneBatch(maunaLoa())},
	};
	yield {
		owner: 'ada.reed',
		name: 'Global temperature',
		description: 'Anomaly of land and sea surface by year, 1880 to 2023 (NASA GISS)',
		records: {[Symbol.iterator]: () => oneBatch(globalTemperature())},
	};
}

function* oneBatch(records: Iterable<StoredRecord>): Generator<readonly StoredRecord[]> {
	yield [...records];
}

function decades({lines}: {readonly lines: readonly string[]}): [string, string[]][] {
	return [...Map.groupBy(lines, line => `${line.slice(0, 3)}0s`)];
}

function dateOf(line: string): string {
	return line.slice(0, 10);
}
