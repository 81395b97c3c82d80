import {sanitize} from '../../render/sanitize.ts';
import {readableAge} from '../../render/times.ts';
import {textWidth, truncate} from '../../render/width.ts';
import type {User} from '../../shell/ports.ts';
import {fullPath} from '../../shell/session.ts';
import type {State} from '../state/workspace-state.ts';
import type {Paint} from '../theme.ts';
import {unready} from '../unready.ts';

type About = {
	readonly endpointLabel: string;
	/** Epoch, ms: when the current directory was listed. */
	readonly listedAt: number | undefined;
	/** A latest value worth a look; empty for none. */
	readonly value: string;
	readonly width: number;
	readonly paint: Paint;
};

const name = ' adx-shell  ';

/** The top line: where one is on the left, what goes on on the right. */
export function drawStatus(state: State, {endpointLabel, listedAt, value, width, paint}: About): string {
	const right = [
		workOf(state),
		value !== '' || listedAt === undefined ? value : `listed ${readableAge(state.now - listedAt)} ago`,
	]
		.filter(text => text !== '')
		.join('  ');
	const room = Math.max(0, width - textWidth(right) - 3);
	const whole = placeOf(state, endpointLabel, true);
	// Where one is matters more than who one is, and both more than the program's name.
	const program = textWidth(name) + textWidth(whole) <= room ? name : ' ';
	const fits = textWidth(program) + textWidth(whole) <= room;
	const left = truncate(fits ? whole : placeOf(state, endpointLabel, false), room - textWidth(program));
	const gap = ' '.repeat(Math.max(1, width - textWidth(program + left + right) - 1));
	return `${paint('program', program)}${left}${gap}${paint(state.running ? 'work' : 'hint', right)} `;
}

function placeOf({connection, user, session}: State, endpointLabel: string, withUser: boolean): string {
	const {location, database} = session;
	const parts = [
		connection === 'ready' ? endpointLabel : `${endpointLabel} (${unready[connection]})`,
		user && withUser ? nameOf(user) : '',
		location ? fullPath(location) : '',
		database ? database.name : '',
	];
	return sanitize(parts.filter(part => part !== '').join(' · '));
}

function nameOf({firstName, lastName, email, userId, organization}: User): string {
	const name = [firstName, lastName].filter(Boolean).join(' ') || email || userId;
	return organization ? `${name}, ${organization.name}` : name;
}

function workOf({running, scrollback, queue, now}: State): string {
	if (!running) return '';
	const bytes = scrollback.live.reduce((sum, progress) => sum + progress.bytes, 0);
	const total = scrollback.live.reduce((sum, progress) => sum + (progress.total ?? Number.NaN), 0);
	const share = scrollback.live.length > 0 && total > 0 ? ` ${Math.floor((bytes / total) * 100)} %` : '';
	const verb = truncate(sanitize(running.line.trim().split(/\s/)[0] ?? ''), 12);
	const waiting = queue.length > 0 ? ` +${queue.length}` : '';
	const ending = running.isEnding ? ' ending' : share;
	return `⇣ ${verb}${ending} ${readableAge(now - running.startedAt)}${waiting}`;
}
