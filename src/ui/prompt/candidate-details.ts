import {readableNumber} from '../../render/numbers.ts';
import {readableBytes} from '../../render/quantities.ts';
import {sanitize} from '../../render/sanitize.ts';
import {readableTime} from '../../render/times.ts';
import {padded, textWidth, truncate} from '../../render/width.ts';
import type {Candidate} from '../../shell/complete.ts';
import {readableAge} from '../../shell/readable.ts';

const sizeWidth = 8;
const ageWidth = 5;
/** A text value says enough in so many columns. */
const valueWidth = 16;
const missing = '·';

/**
 * What is known of each candidate, in columns that line up; '' where there is nothing to say. An attribute's
 * name is left out where it does not fit in `room` columns.
 */
export function candidateDetails(
	candidates: readonly Candidate[],
	now: number,
	room: number,
): readonly string[] {
	const samples = candidates.map(candidate => sampleOf(candidate, now));
	const widest = (part: 'attribute' | 'value') =>
		Math.max(0, ...samples.map(sample => textWidth(sample?.[part] ?? '')));
	const [attributes, values] = [widest('attribute'), widest('value')];
	const isNamed = attributes > 0 && attributes + 1 + values + 2 + ageWidth <= room;
	return candidates.map((candidate, place) => {
		const sample = samples[place];
		if (!sample) return otherDetails(candidate, now);
		const attribute = isNamed ? `${padded(sample.attribute, attributes)} ` : '';
		return `${attribute}${padded(sample.value, values, 'right')}  ${sample.age.padStart(ageWidth)}`;
	});
}

type Sample = {readonly attribute: string; readonly value: string; readonly age: string};

/** The latest value of an asset or an attribute. */
function sampleOf({attribute = '', lastValue, lastValueTime}: Candidate, now: number): Sample | undefined {
	if (lastValue === undefined) return undefined;
	const time = Date.parse(lastValueTime ?? '');
	return {
		attribute: truncate(sanitize(attribute), valueWidth),
		value: lastValue === null ? missing : truncate(sanitize(readableNumber(lastValue)), valueWidth),
		age: Number.isNaN(time) ? missing : readableAge(now - time),
	};
}

function otherDetails({kind, bytes, modified, summary}: Candidate, now: number): string {
	if (summary !== undefined) return sanitize(summary);
	if (kind === 'directory' || (bytes === undefined && modified === undefined)) return '';
	const size = typeof bytes === 'number' ? readableBytes(bytes) : missing;
	return `${size.padStart(sizeWidth)}  ${modified ? readableTime(modified, now) : ''}`.trimEnd();
}

/** Columns that details take at most where nothing is longer than it has to be. */
export const detailsWidth = 2 + sizeWidth + 2 + 12;
