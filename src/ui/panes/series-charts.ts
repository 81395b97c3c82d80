import {drawChart} from '../../render/chart.ts';
import {painter} from '../../render/colors.ts';
import type {Asset, Attribute, Sample} from '../../shell/time-series.ts';
import {chartLines} from '../state/series-rows.ts';
import {pointsOf} from './series-samples.ts';

type Recent = (attribute: string) => readonly Sample[] | undefined;

type Known = {
	readonly width: number;
	readonly samples: readonly (readonly Sample[])[];
	readonly lines: readonly string[];
};

/** More are not in sight at once. */
const bound = 50;

/** Small charts of recent samples; each is drawn again only when there are other samples. */
export function createSeriesCharts(color: boolean) {
	const paint = painter(color);
	const known = new Map<string, Known>();
	return (
		asset: Pick<Asset, 'assetId' | 'name'>,
		attributes: readonly Attribute[],
		width: number,
		recent: Recent,
	): readonly string[] => {
		const series = attributes.flatMap(({name}) => {
			const samples = recent(name) ?? [];
			return samples.length > 1 ? [{name, samples}] : [];
		});
		if (series.length === 0) {
			const isOne = attributes.some(({name}) => recent(name)?.length === 1);
			return [paint('dim', isOne ? 'one recent sample: nothing to draw yet' : 'no recent samples')];
		}
		const key = JSON.stringify([asset.assetId, ...series.map(({name}) => name)]);
		const before = known.get(key);
		const isSame =
			before?.width === width && series.every(({samples}, index) => samples === before.samples[index]);
		if (isSame && before) return before.lines;
		const lines = drawn(asset, series, width, paint);
		if (known.size >= bound) known.clear();
		known.set(key, {width, samples: series.map(({samples}) => samples), lines});
		return lines;
	};
}

type Drawing = {readonly name: string; readonly samples: readonly Sample[]};

function drawn(
	{assetId, name}: Pick<Asset, 'assetId' | 'name'>,
	series: readonly Drawing[],
	width: number,
	paint: ReturnType<typeof painter>,
): readonly string[] {
	const summary = {min: null, max: null, mean: null, last: null, lastTime: null, gaps: 0};
	const drawings = series.map(({name: attribute, samples}) => ({
		assetId,
		name,
		attribute,
		points: pointsOf(samples),
		summary: {...summary, samples: samples.length},
	}));
	const times = drawings.flatMap(({points}) => points.map(({at}) => at));
	const chart = {kind: 'chart', from: Math.min(...times), to: Math.max(...times), series: drawings} as const;
	return drawChart(chart, {width, height: chartLines.drawing, paint, legend: false});
}
