import {LineChart, type LineSeriesOption} from 'echarts/charts';
import {
	GridComponent,
	type GridComponentOption,
	LegendComponent,
	type LegendComponentOption,
	TitleComponent,
	type TitleComponentOption,
} from 'echarts/components';
import {type ComposeOption, init, use} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import type {Chart} from '../shell/command.ts';
import {figuresOf, labelsOf} from './chart-legend.ts';
import {timeAxis} from './chart-times.ts';
import {finiteValues, valueAxis} from './chart-values.ts';
import {sanitize} from './sanitize.ts';

type Option = ComposeOption<
	LineSeriesOption | GridComponentOption | LegendComponentOption | TitleComponentOption
>;

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const width = 1_000;
const plotHeight = 420;
const lineHeight = 22;
/** Told apart also by who cannot tell red from green; and by their dashes. */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const dashes = ['solid', 'dashed', 'dotted'] as const;

/** A chart as a whole SVG document: axes of values and of local time, a legend with what each series comes to. */
export function chartSvg(chart: Chart): string {
	const labels = labelsOf(chart.series);
	const figures = figuresOf(chart.series);
	const rows = chart.series.length * lineHeight;
	const height = plotHeight + rows + 40;
	const picture = init(null, null, {renderer: 'svg', ssr: true, width, height});
	try {
		picture.setOption(option(chart, labels, figures, rows));
		return picture.renderToSVGString();
	} finally {
		picture.dispose();
	}
}

function option(
	{title = '', from, to, series}: Chart,
	labels: readonly string[],
	figures: readonly (readonly string[])[],
	rows: number,
): Option {
	const {note} = timeAxis(from, to, 8);
	// The library fails at the largest numbers: it gets places between 0 and 1, and their labels.
	const values = valueAxis(finiteValues(series), 8);
	const [first, second] = values.ticks;
	const step = first && second ? second.place - first.place : 1;
	const labelAt = (place: number) =>
		values.ticks.find(tick => Math.abs(tick.place - place) < step / 2)?.label ?? '';
	// Names are keys of the legend: two of the same name need to be two.
	const names = labels.map((label, index) => `${index + 1}. ${label}`);
	const shown = new Map(
		names.map((name, index) => [
			name,
			`${labels[index]}   ${figures[index]!.map(each => each.trim()).join('   ')}`,
		]),
	);
	return {
		animation: false,
		backgroundColor: '#ffffff',
		color: colors,
		title: [
			{text: sanitize(title), left: 16, top: 8, textStyle: {fontSize: 16}},
			{text: note, right: 16, top: 10, textStyle: {fontSize: 12, fontWeight: 'normal', color: '#555555'}},
		],
		legend: {
			orient: 'vertical',
			left: 16,
			bottom: 8,
			itemHeight: 10,
			itemGap: 8,
			data: names,
			formatter: name => shown.get(name) ?? name,
		},
		grid: {left: 64, right: 24, top: 48, bottom: rows + 48},
		xAxis: {type: 'time', min: from, max: to, splitLine: {show: true, lineStyle: {color: '#eeeeee'}}},
		yAxis: {type: 'value', min: 0, max: 1, interval: step, axisLabel: {formatter: labelAt}},
		series: series.map(
			({points}, index): LineSeriesOption => ({
				name: names[index]!,
				type: 'line',
				showSymbol: points.filter(({value}) => value !== null).length <= 60,
				symbolSize: 4,
				connectNulls: false,
				lineStyle: {width: 1.5, type: dashes[Math.floor(index / colors.length) % dashes.length]!},
				data: points.map(({at, value}) => [
					at,
					value === null || !Number.isFinite(value) ? null : values.place(value),
				]),
			}),
		),
	};
}
