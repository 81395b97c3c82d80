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

/** Whether the work is counted in something else than bytes. */
function isUncounted({bytes, total, percent, detail}: Progress): boolean {
	return bytes === 0 && total === null && (percent !== undefined || detail !== undefined);
}

function doneParts(progress: Progress): string[] {
	const {bytes, startedAt, at, detail} = progress;
	const more = detail === undefined ? [] : [sanitize(detail)];
	if (isUncounted(progress)) return [...more, `in ${readableDuration(at - startedAt)}`];
	const rate =
		bytes > 0 && at - startedAt >= 1000 ? [`${readableBytes((bytes * 1000) / (at - startedAt))}/s`] : [];
	return [`${readableBytes(bytes)} in ${readableDuration(at - startedAt)}`, ...rate, ...more];
}

/** Per cent, what else there is to say, and for how long it has been going on. */
function uncountedParts({percent, detail, startedAt}: Progress, until: number): string[] {
	const elapsed = until - startedAt;
	return [
		...(percent === undefined ? [] : [`${Math.floor(Math.max(0, Math.min(100, percent)))} %`]),
		...(detail === undefined ? [] : [sanitize(detail)]),
		...(elapsed < 1000 ? [] : [readableAge(elapsed)]),
	];
}

function runningParts(progress: Progress, until: number): string[] {
	if (isUncounted(progress)) return uncountedParts(progress, until);
	const {bytes, total, detail} = progress;
	const rate = rateOf(progress, until);
	const parts = [total === null ? readableBytes(bytes) : readableShare(bytes, total)];
	if (total !== null && total > 0) parts.push(`${Math.floor((Math.min(bytes, total) / total) * 100)} %`);
	if (rate !== undefined) parts.push(`${readableBytes(rate)}/s`);
	if (rate !== undefined && total !== null && bytes < total) {
		parts.push(`${readableAge(((total - bytes) / rate) * 1000 + 999)} left`);
	}
	if (detail !== undefined) parts.push(sanitize(detail));
	return parts;
}

/**
 * One line: label, bytes, per cent, rate, time left, and a bar where the width has room for it. Work that
 * is not counted in bytes: label, per cent, its detail, time. Parts that do not fit are left out from the
 * end. Ended: `done`, bytes, time and rate.
 */
export function progressLine(
	progress: Progress,
	{width, now}: {readonly width: number; readonly now: number},
): string {
	const parts = progress.done ? doneParts(progress) : runningParts(progress, Math.max(now, progress.at));
	const label = sanitize(progress.label);
	// The numbers say more than the end of a long name.
	const room = width - textWidth(parts[0] ?? '') - gap.length;
	let line = truncate(
		progress.done ? `${progress.failed ? 'failed' : 'done'} ${label}` : label,
		Math.max(room, Math.floor(width / 2)),
	);
	for (const part of parts) {
		if (textWidth(line) + gap.length + textWidth(part) > width) return truncate(line, width);
		line += gap + part;
	}
	const {bytes, total, percent} = progress;
	const share = total ? bytes / total : percent === undefined ? undefined : percent / 100;
	const roomForBar = Number.isFinite(width) && textWidth(line) + gap.length + barWidth <= width;
	return !progress.done && share !== undefined && roomForBar ? line + gap + bar(share) : line;
}
