import type {StoredRecord} from '../timestream/types.ts';
import {readTable} from './data.ts';
import {measures, record} from './sample-records.ts';

/** The series of the store "Public climate and power", as records. */
export function* climateAndPowerRecords(): Generator<StoredRecord> {
	yield* iowaElectricity();
	yield* maunaLoa();
	yield* globalTemperature();
	yield* dailyWeather();
	yield* seattleNormals();
}

/** A thousand megawatthours is a gigawatthour. */
function* iowaElectricity(): Generator<StoredRecord> {
	for (const line of readTable('iowa-electricity').lines) {
		const [date = '', source = '', generation] = line.split(',');
		const asset = {assetId: `iowa-${slug(source)}`, name: `Iowa ${source}`};
		yield record(asset, 'generation_GWh', date, measures([['generation_GWh', 'BIGINT', generation]]));
	}
}

export function* maunaLoa(): Generator<StoredRecord> {
	const asset = {assetId: 'mauna-loa', name: 'Mauna Loa'};
	for (const line of readTable('co2-mauna-loa').lines) {
		const [date = '', measured, adjusted] = line.split(',');
		const values = measures([
			['co2_ppm', 'DOUBLE', measured],
			['co2_adjusted_ppm', 'DOUBLE', adjusted],
		]);
		yield record(asset, 'air', date, values);
	}
}

export function* globalTemperature(): Generator<StoredRecord> {
	const asset = {assetId: 'global-temperature', name: 'Global temperature'};
	for (const line of readTable('global-temperature').lines) {
		const [year, anomaly] = line.split(',');
		yield record(asset, 'anomaly_C', `${year}-01-01`, measures([['anomaly_C', 'DOUBLE', anomaly]]));
	}
}

function* dailyWeather(): Generator<StoredRecord> {
	for (const line of readTable('daily-weather').lines) {
		const [city = '', date = '', precipitation, highest, lowest, wind, weather] = line.split(',');
		const values = measures([
			['precipitation_mm', 'DOUBLE', precipitation],
			['temp_max_C', 'DOUBLE', highest],
			['temp_min_C', 'DOUBLE', lowest],
			['wind_m_s', 'DOUBLE', wind],
			['weather', 'VARCHAR', weather],
		]);
		yield record({assetId: slug(city), name: city}, 'day', date, values);
	}
}

function* seattleNormals(): Generator<StoredRecord> {
	const asset = {assetId: 'seattle-normals', name: 'Seattle normals'};
	for (const line of readTable('seattle-hourly-normals').lines) {
		const [date = '', pressure, temperature, wind] = line.split(',');
		const values = measures([
			['pressure_hPa', 'DOUBLE', pressure],
			['temperature_C', 'DOUBLE', temperature],
			['wind_m_s', 'DOUBLE', wind],
		]);
		yield record(asset, 'hour', date, values);
	}
}

function slug(name: string): string {
	return name.toLowerCase().replaceAll(' ', '-');
}
