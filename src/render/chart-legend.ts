import type {Chart} from '../shell/command.ts';
import {counted} from '../shell/readable.ts';
import type {Style} from './colors.ts';
import {readableValue} from './numbers.ts';
import {sanitize} from './sanitize.ts';
import {textWidth} from './width.ts';

type Series = Chart['series'][number];

/** How a series looks: colour is one sign of it, its mark the other. */
export type Look = {readonly style: Style; readonly mark: string};

const styles = ['cyan', 'yellow', 'magenta', 'green', 'blue', 'red'] as const;
const marks = ['●', '■', '▲', '◆', '○', '□', '△', '◇'] as const;

export function lookOf(index: number): Look {
	return {style: styles[index % styles.length]!, mark: marks[index % marks.length]!};
}

/** The series' names, short where all are of one asset, on one line each and harmless. */
export function labelsOf(series: readonly Series[]): readonly string[] {
	const alone = new Set(series.map(({assetId}) => assetId)).size === 1;
	return series.map(({assetId, name, attribute}) =>
		sanitize(alone ? attribute : `${name ?? assetId} ${attribute}`),
	);
}

/** What each series comes to, in words that stand in columns: `min 351.2`, `72 samples`. */
export function figuresOf(series: readonly Series[]): readonly (readonly string[])[] {
	const rows = series.map(({summary}) => {
		const {samples, min, max, mean, last, gaps} = summary;
		if (samples === 0) return ['no samples'];
		return [
			...figure('min', min),
			...figure('max', max),
			...figure('mean', asFine(mean, [min, max, last])),
			...figure('last', last),
			counted(samples, 'sample'),
			...(gaps > 0 ? [counted(gaps, 'gap')] : []),
		];
	});
	const columns = Math.max(0, ...rows.map(row => row.length));
	const widths = Array.from({length: columns}, (_, column) =>
		Math.max(0, ...rows.filter(row => row.length > 1).map(row => textWidth(row[column] ?? ''))),
	);
	return rows.map(row => row.map((text, column) => (row.length > 1 ? text.padEnd(widths[column]!) : text)));
}

/** A mean with one decimal more than what it is the mean of: more say nothing. */
function asFine(mean: number | null, values: readonly (number | null)[]): number | null {
	if (mean === null) return null;
	const texts = values.map(value => (value === null ? '' : readableValue(value)));
	if (texts.some(text => text.includes('e'))) return mean;
	const digits = Math.max(...texts.map(text => text.split('.')[1]?.length ?? 0));
	return Number(mean.toFixed(digits + 1));
}

function figure(word: string, value: number | null): string[] {
	return value === null ? [] : [`${word} ${readableValue(value)}`];
}
