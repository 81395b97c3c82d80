import {createTidePredictor} from '@neaps/tide-predictor';
import type {StoredRecord} from '../timestream/types.ts';
import {readTable} from './data.ts';

/** A tide station of NOAA's, with what its tide is predicted from. */
export type TideStation = {
	/** NOAA's seven digits. */
	readonly station: string;
	readonly name: string;
	/** Two letters; undefined for an island of no state. */
	readonly state: string | undefined;
	readonly latitude: string;
	readonly longitude: string;
	/** The level, and how fast it changes, at each multiple of `step` (ms, whole seconds) from `from` to `to`; epoch, ms. */
	readonly records: (from: number, to: number, step: number) => readonly StoredRecord[];
};

const hour = 3_600_000;
const firstConstituent = 6;

/** All stations of the sample, in the order of their numbers. Prediction begins when records are asked for. */
export function tideStations(): readonly TideStation[] {
	const {header, lines} = readTable('noaa-tides', 'tsv');
	const names = header
		.split('\t')
		.slice(firstConstituent)
		.filter((_, index) => index % 2 === 0)
		.map(name => name.replace(/ m$/, ''));
	return lines.map(line => tideStation(line.split('\t'), names));
}

function tideStation(fields: readonly string[], names: readonly string[]): TideStation {
	const [station = '', name = '', state = '', latitude = '', longitude = '', seaLevel = ''] = fields;
	const constituents = names.map((name, index) => ({
		name,
		amplitude: Number(fields[firstConstituent + 2 * index]),
		phase: Number(fields[firstConstituent + 2 * index + 1]),
	}));
	const predictor = createTidePredictor(constituents, {offset: Number(seaLevel)});
	const dimensions = {assetId: `noaa-${station}`, name, ...(state && {state}), latitude, longitude};

	return {
		station,
		name,
		state: state || undefined,
		latitude,
		longitude,
		records: (from, to, step) => {
			const start = new Date(from - step);
			const end = new Date(to + step);
			// On multiples of the step, one of them before `from` and one after `to`.
			const timeline = predictor.getTimelinePrediction({start, end, timeFidelity: step / 1000});
			return timeline.flatMap(({time, level}, index): StoredRecord[] => {
				const before = timeline[index - 1];
				const after = timeline[index + 1];
				const at = time.getTime();
				if (!before || !after || at < from || at > to) return [];
				const rate = ((after.level - before.level) / (2 * step)) * hour;
				return [
					{
						dimensions,
						measureName: 'tide',
						time: BigInt(at) * 1_000_000n,
						version: 1n,
						multi: true,
						values: [
							{name: 'level_m', type: 'DOUBLE', value: level.toFixed(3)},
							{name: 'rate_m_h', type: 'DOUBLE', value: rate.toFixed(3)},
						],
					},
				];
			});
		},
	};
}
