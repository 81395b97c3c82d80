import type {Progress} from '../shell/command.ts';
import {readableBytes, readableShare} from './quantities.ts';
import {sanitize} from './sanitize.ts';
import {readableAge, readableDuration} from './times.ts';
import {textWidth, truncate} from './width.ts';

const gap = '  ';
const barWidth = 18;

function bar(share: number): string {
	const full = Math.round(Math.min(1, share) * barWidth);
	return '▰'.repeat(full) + '▱'.repeat(barWidth - full);
}

/** Bytes a second on average since the first one; undefined before there is something to measure. */
function rateOf(progress: Progress, until: number): number | undefined {
	const elapsed = until - progress.startedAt;
	return elapsed >= 200 && progress.bytes > 0 ? (progress.bytes * 1000) / elapsed : undefined;
}

function doneParts({bytes, startedAt, at}: Progress): string[] {
	const rate = at - startedAt >= 1000 ? [`${readableBytes((bytes * 1000) / (at - startedAt))}/s`] : [];
	return [`${readableBytes(bytes)} in ${readableDuration(at - startedAt)}`, ...rate];
}

function runningParts(progress: Progress, until: number): string[] {
	const {bytes, total} = progress;
	const rate = rateOf(progress, until);
	const parts = [total === null ? readableBytes(bytes) : readableShare(bytes, total)];
	if (total !== null && total > 0) parts.push(`${Math.floor((Math.min(bytes, total) / total) * 100)} %`);
	if (rate !== undefined) parts.push(`${readableBytes(rate)}/s`);
	if (rate !== undefined && total !== null && bytes < total) {
		parts.push(`${readableAge(((total - bytes) / rate) * 1000 + 999)} left`);
	}
	return parts;
}

/**
 * One line: label, bytes, per cent, rate, time left, and a bar where the width has room for it. Parts
 * that do not fit are left out from the end. Ended: `done`, bytes, time and rate.
 */
export function progressLine(
	progress: Progress,
	{width, now}: {readonly width: number; readonly now: number},
): string {
	const parts = progress.done ? doneParts(progress) : runningParts(progress, Math.max(now, progress.at));
	const label = sanitize(progress.label);
	// The numbers say more than the end of a long name.
	const room = width - textWidth(parts[0]!) - gap.length;
	let line = truncate(
		progress.done ? `${progress.failed ? 'failed' : 'done'} ${label}` : label,
		Math.max(room, Math.floor(width / 2)),
	);
	for (const part of parts) {
		if (textWidth(line) + gap.length + part.length > width) return truncate(line, width);
		line += gap + part;
	}
	const {bytes, total} = progress;
	const roomForBar = Number.isFinite(width) && textWidth(line) + gap.length + barWidth <= width;
	return !progress.done && total && roomForBar ? line + gap + bar(bytes / total) : line;
}
