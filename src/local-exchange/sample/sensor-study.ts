import {linesBy, readData, readTable} from './data.ts';
import {csv, directory, file, json, type SampleObject, type SampleStore} from './sample-store.ts';

/** When the texts about the data were written. */
const written = '2026-11-21T09:00:00.000Z';
const windowLength = 12;
const windowsPerMote = 2500;

const readme = `Sensor study

Four TelosB motes measured humidity and temperature every 5 seconds on 9 May 2010,
motes 1 and 2 indoors, motes 3 and 4 outdoors. The study was made to try methods that
find anomalies in sensor networks (Suthaharan et al. 2010; NOTICE has the reference).

sensors/          one file for each mote's whole series, and a summary
sensors/windows/  10,000 windows of 12 readings (one minute): the first 2,500 of each mote,
                  each beginning one reading after the one before
cases/            the readings under an introduced event, of mote 1 and of mote 4:
                  two files of one name
inbox/            empty: a place to put things
data sheet.pdf    all data sets of this sample on one page
.columns.json     what the columns mean

The data set has no clock times. A file's modified time is the day of the study and
5 seconds for each reading up to its last, counted from 00:00 UTC.
`;

const labelText = `'label' in the readings

0  a normal reading
1  a reading while an event was introduced to the sensor

Motes 1 and 4 have readings of label 1; they are in cases/.
`;

const columns = {
	reading: 'Number of the reading, from 1 for each mote; 5 seconds lie between two',
	mote_id: 'Number of the mote, 1 to 4',
	indoor: '1: the mote stood indoors, 0: outdoors',
	humidity: 'Relative humidity corrected for temperature, %',
	temperature: 'Temperature, °C',
	label: '0: normal, 1: under an introduced event',
};

/** Readings of four motes, as whole series, as events and as 10,000 one-minute windows. */
export function sensorStudy(): SampleStore {
	return {
		name: 'Sensor study',
		description: 'Humidity and temperature from four TelosB motes on 9 May 2010 (Suthaharan et al.)',
		objects: {[Symbol.iterator]: objects},
	};
}

function* objects(): Generator<SampleObject> {
	const table = readTable('sensor-network');
	const motes = [...linesBy(table, 1)].map(([mote, lines]) => ({mote, lines, place: placeOf(lines)}));
	yield file('readme.txt', readme, written, 'What this store holds');
	yield file('NOTICE', readData('NOTICE.md'), written, 'Sources and licences of the sample data');
	yield file('.columns.json', json(columns), written, 'What the columns mean');
	yield file('data sheet.pdf', readData('data-sheet.pdf'), written, 'All data sets of the sample on a page');

	yield directory('inbox');

	yield directory('cases');
	for (const {mote, lines, place} of motes) {
		const event = lines.filter(line => line.endsWith(',1'));
		if (event.length === 0) continue;
		const description = `Mote ${mote} (${place}): ${event.length} readings under an introduced event`;
		yield file('cases/event.csv', csv(table.header, event), readingTime(event.at(-1)!), description);
	}

	yield directory('sensors');
	yield file("sensors/what 'label' means.txt", labelText, written);
	for (const {mote, lines, place} of motes) {
		const name = `sensors/mote-${mote}.${place}.2010-05-09.csv`;
		yield file(name, csv(table.header, lines), readingTime(lines.at(-1)!), `Mote ${mote}, whole series`);
	}
	const summary = motes.map(({mote, lines, place}) => ({mote: Number(mote), place, ...summarise(lines)}));
	yield file('sensors/summary.json', json(summary), written, 'Computed from the whole series');

	yield directory('sensors/windows');
	for (const {mote, lines} of motes) {
		for (let first = 0; first < windowsPerMote; first++) {
			const readings = lines.slice(first, first + windowLength);
			const name = `mote-${mote}-${String(first + 1).padStart(4, '0')}.csv`;
			yield file(`sensors/windows/${name}`, csv(table.header, readings), readingTime(readings.at(-1)!));
		}
	}
}

function placeOf(lines: readonly string[]): 'indoor' | 'outdoor' {
	return lines[0]!.split(',')[2] === '1' ? 'indoor' : 'outdoor';
}

function readingTime(line: string): string {
	return new Date(Date.UTC(2010, 4, 9) + Number.parseInt(line, 10) * 5000).toISOString();
}

function summarise(lines: readonly string[]) {
	const rows = lines.map(line => line.split(',').map(Number));
	return {
		readings: rows.length,
		humidity: spread(rows.map(row => row[3]!)),
		temperature: spread(rows.map(row => row[4]!)),
	};
}

function spread(values: readonly number[]) {
	const sum = values.reduce((total, value) => total + value, 0);
	return {min: Math.min(...values), max: Math.max(...values), mean: Number((sum / values.length).toFixed(3))};
}
