import {candidateDetails, detailsWidth} from '../../render/candidate-details.ts';
import {sanitize} from '../../render/sanitize.ts';
import {padded, textWidth, truncate} from '../../render/width.ts';
import type {Candidate} from '../../shell/complete.ts';
import {readableCount} from '../../shell/readable.ts';
import type {Menu} from '../state/menu.ts';
import type {Paint} from '../theme.ts';

type Options = {
	readonly width: number;
	/** Rows at most, the one with the count included. */
	readonly height: number;
	readonly now: number;
	readonly paint: Paint;
};

/** The completion menu: a row a candidate with what is known of it, the marked one in sight. */
export function drawMenu({completion, selected}: Menu, {width, height, now, paint}: Options): string[] {
	const {candidates, total, pending, reason = 'nothing fits'} = completion;
	const notes = pending ? ['listing…'] : total === 0 ? [reason] : [];
	const isLong = candidates.length > height - notes.length || total > candidates.length;
	const shown = Math.max(0, height - notes.length - (isLong ? 1 : 0));
	const first = Math.max(0, Math.min((selected ?? 0) - Math.floor(shown / 2), candidates.length - shown));
	const rows = candidates.slice(first, first + shown);
	const labels = Math.min(
		Math.max(8, ...rows.map(({label, kind}) => textWidth(sanitize(label)) + (kind === 'directory' ? 1 : 0))),
		Math.max(8, width - 4 - detailsWidth),
	);
	const details = candidateDetails(rows, now, width - 4 - labels);
	const lines = rows.map((candidate, index) =>
		menuRow(candidate, details[index]!, {isMarked: first + index === selected, labels, width, paint}),
	);
	if (isLong && shown > 0) {
		const place = selected === undefined ? '' : `${readableCount(selected + 1)} of `;
		notes.unshift(`${place}${readableCount(total)}`);
	}
	return [...lines, ...notes.map(note => paint('hint', truncate(`  ${note}`, width)))];
}

type RowOptions = Pick<Options, 'width' | 'paint'> & {readonly isMarked: boolean; readonly labels: number};

function menuRow(
	candidate: Candidate,
	details: string,
	{isMarked, labels, width, paint}: RowOptions,
): string {
	const name = padded(sanitize(candidate.label) + (candidate.kind === 'directory' ? '/' : ''), labels);
	const room = width - 2 - labels - 2;
	const tail = details === '' || room < 4 ? '' : `  ${truncate(details, room)}`;
	// Without colour the sign alone marks the row.
	if (isMarked) return paint('marked', padded(`▸ ${name}${tail}`, Math.min(width, 2 + labels + 2 + room)));
	return `  ${highlighted(name, candidate, paint)}${paint('hint', tail)}`;
}

/** The matched characters stand out where the name is shown as it is. */
function highlighted(name: string, {label, indexes}: Candidate, paint: Paint): string {
	if (!indexes?.length || !name.startsWith(label)) return name;
	const marks = new Set(indexes);
	let painted = '';
	let run = '';
	for (let index = 0; index < label.length; index++) {
		if (marks.has(index)) {
			run += label[index];
			continue;
		}
		painted += paint('match', run) + label[index];
		run = '';
	}
	return painted + paint('match', run) + name.slice(label.length);
}
