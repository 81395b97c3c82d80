import type {Chart} from '../shell/command.ts';

/** A chart as SVG. The library that draws it is loaded when the first picture is asked for. */
export async function picture(chart: Chart): Promise<string> {
	const {chartSvg} = await import('./chart-svg.ts');
	return chartSvg(chart);
}
