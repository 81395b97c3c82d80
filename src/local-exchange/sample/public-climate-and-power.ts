import {linesBy, readData, readTable} from './data.ts';
import {csv, directory, file, json, type SampleObject, type SampleStore} from './sample-store.ts';

/** When the texts about the data were written. */
const written = '2026-11-21T09:00:00.000Z';
/** When the electricity figures were downloaded from the EIA. */
const iowaDownloaded = '2018-05-06T00:00:00.000Z';
/** When the image's package was published. */
const imagePublished = '2026-09-06T00:41:03.212Z';

const readme = `# Public climate and power

- \`power/\`: net generation of electricity in Iowa, 2001 to 2017, thousand MWh a year (EIA)
- \`climate/\`: CO₂ at Mauna Loa (Scripps) and the global temperature anomaly (NASA GISS)
- \`weather/daily/\`: Seattle and New York, 2012 to 2015 (NOAA), a file for each city and year
- \`weather/hourly normals/\`: Seattle, averages of 1981 to 2010 for each hour (NOAA), a file for each day
- \`photographs/\`: a photograph by Dorothea Lange (Getty's Open Content Program)

\`NOTICE\` has the sources and licences. A series' file was modified at its last record.
`;

const japanese = `公開されている気候と電力のデータです。
出典とライセンスは NOTICE をご覧ください。
`;

/** Weather, climate and electricity of public bodies, and a photograph. */
export function publicClimateAndPower(): SampleStore {
	return {
		name: 'Public climate and power',
		description:
			'Weather, climate and electricity generation as published by NOAA, NASA, Scripps and the EIA',
		objects: {[Symbol.iterator]: objects},
	};
}

function* objects(): Generator<SampleObject> {
	yield file('readme.md', readme, written, 'What this store holds');
	yield file('お読みください.txt', japanese, written, 'What this store holds, in Japanese');
	yield file('NOTICE', readData('NOTICE.md'), written, 'Sources and licences of the sample data');
	yield* power();
	yield* climate();
	yield* weather();
	yield directory('photographs');
	yield file(
		'photographs/Abandoned Dust Bowl Home (Dorothea Lange).jpg',
		readData('abandoned-dust-bowl-home.jpg'),
		imagePublished,
		"Gelatin silver print, about 1935 to 1940. Digital image courtesy of the Getty's Open Content Program",
	);
}

function* power(): Generator<SampleObject> {
	const {header, lines} = readTable('iowa-electricity');
	const unit = 'Thousand MWh a year';
	const records = lines.map(line => {
		const [year, source, generation] = line.split(',');
		return {year, source, net_generation: Number(generation)};
	});
	yield directory('power');
	yield file('power/Iowa net generation.csv', csv(header, lines), iowaDownloaded, unit);
	yield file('power/Iowa net generation.json', json(records), iowaDownloaded, unit);
	yield directory('power/by source');
	for (const [source, group] of linesBy({header, lines}, 1)) {
		yield file(`power/by source/${source}.csv`, csv(header, group), iowaDownloaded, `Iowa. ${unit}`);
	}
}

function* climate(): Generator<SampleObject> {
	const co2 = readTable('co2-mauna-loa');
	const temperature = readTable('global-temperature');
	yield directory('climate');
	yield file(
		'climate/CO₂ at Mauna Loa, 1958–2020.csv',
		csv(co2.header, co2.lines),
		'2020-04-01T00:00:00.000Z',
		'Monthly, ppm, as measured and seasonally adjusted',
	);
	yield file(
		'climate/global temperature anomaly (°C).csv',
		csv(temperature.header, temperature.lines),
		'2023-12-31T00:00:00.000Z',
		'Land and sea surface, by year, 1880 to 2023',
	);
}

function* weather(): Generator<SampleObject> {
	const daily = readTable('daily-weather');
	yield directory('weather');
	yield directory('weather/daily');
	for (const [city, days] of linesBy(daily, 0)) {
		yield directory(`weather/daily/${city}`);
		for (const [year, group] of linesBy({...daily, lines: days}, 1, date => date.slice(0, 4))) {
			yield file(
				`weather/daily/${city}/${year}.csv`,
				csv(daily.header, group),
				`${group.at(-1)!.split(',')[1]}T00:00:00.000Z`,
			);
		}
	}
	const hourly = readTable('seattle-hourly-normals');
	yield directory('weather/hourly normals');
	for (const [monthAndDay, hours] of linesBy(hourly, 0, time => time.slice(5, 10))) {
		yield file(
			`weather/hourly normals/seattle-${monthAndDay}.csv`,
			csv(hourly.header, hours),
			`${hours.at(-1)!.split(',')[0]}.000Z`,
		);
	}
}
