import type {Candidate} from '../shell/complete.ts';
import {readableAge} from '../shell/readable.ts';
import {readableBytes} from './quantities.ts';
import {sanitize} from './sanitize.ts';
import {readableTime} from './times.ts';
import {valueCells} from './value-cells.ts';
import {padded, textWidth, truncate} from './width.ts';

const sizeWidth = 8;
const ageWidth = 5;
/** An attribute's name, and a value that is text, say enough in so many columns. */
const textLimit = 16;
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
	const attributeOf = ({attribute = ''}: Candidate) => truncate(sanitize(attribute), textLimit);
	const sampled = candidates.filter(({lastValue}) => lastValue !== undefined);
	const attributes = Math.max(0, ...sampled.map(candidate => textWidth(attributeOf(candidate))));
	const value = valueCells(sampled, {field: 'lastValue', as: 'value'}, now);
	const values = Math.min(value.width, textLimit);
	const isNamed = attributes > 0 && attributes + 1 + values + 2 + ageWidth <= room;
	return candidates.map(candidate => {
		if (candidate.lastValue === undefined) return otherDetails(candidate, now);
		const name = isNamed ? `${padded(attributeOf(candidate), attributes)} ` : '';
		const latest = padded(truncate(value.text(candidate), values), values, value.side);
		return `${name}${latest}  ${ageOf(candidate, now).padStart(ageWidth)}`;
	});
}

function ageOf({lastValueTime}: Candidate, now: number): string {
	const time = Date.parse(lastValueTime ?? '');
	return Number.isNaN(time) ? missing : readableAge(now - time);
}

function otherDetails({kind, bytes, modified, summary}: Candidate, now: number): string {
	if (summary !== undefined) return sanitize(summary);
	if (kind === 'directory' || (bytes === undefined && modified === undefined)) return '';
	const size = typeof bytes === 'number' ? readableBytes(bytes) : missing;
	return `${size.padStart(sizeWidth)}  ${modified ? readableTime(modified, now) : ''}`.trimEnd();
}

/** Columns that details take at most where nothing is longer than it has to be. */
export const detailsWidth = 2 + sizeWidth + 2 + 12;
