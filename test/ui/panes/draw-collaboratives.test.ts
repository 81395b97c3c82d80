import {describe, expect, test} from 'vitest';
import {textWidth} from '../../../src/render/width.ts';
import {needsOf} from '../../../src/ui/panes/collaborative-columns.ts';
import {drawCollaboratives} from '../../../src/ui/panes/draw-collaboratives.ts';
import {collaborativeRows, type Known} from '../../../src/ui/state/collaborative-rows.ts';
import {emptyCollaboratives} from '../../../src/ui/state/collaboratives.ts';
import {type Paint, theme} from '../../../src/ui/theme.ts';
import {collaborative, known, organization, pilot, service, store, user} from '../sample-collaboratives.ts';

type Given = {
	readonly unfolded?: readonly string[];
	readonly known?: Partial<Known>;
	readonly width?: number;
	readonly selected?: number;
	readonly paint?: Paint;
};

function draw({unfolded = [], width = 60, selected = -1, paint = theme(false), ...given}: Given = {}) {
	const pane = {...emptyCollaboratives, unfolded: new Set(unfolded)};
	const {rows} = collaborativeRows({...known, ...given.known}, pane);
	return drawCollaboratives(rows, {width, selected, isFocused: true, needs: needsOf(rows), paint}).map(line =>
		line.trimEnd(),
	);
}

describe('a row', () => {
	test('says what one is in a collaborative, in words', () => {
		expect(draw({width: 48})).toEqual([
			'▸ Forecast exchange  member · you: read',
			'▸ Resilience pilot    host · you: write',
			'▸ Storm desk                    pending',
			'▸ Trials                         denied',
			'▸ Winter                              ·',
		]);
	});

	test('shows states, permissions, types and owners in columns, and a dot for what nobody says', () => {
		const host = 'id.Resilience pilot organization org.Sample Utility';
		const vendor = 'id.Resilience pilot organization org.Vendor Ltd';
		expect(draw({unfolded: ['id.Resilience pilot', host, vendor], known: {collaboratives: [pilot]}})).toEqual(
			[
				'▾ Resilience pilot            host · you: write',
				'  ▾ Sample Utility     ◆ host       2 people',
				'      Ada User         write        you',
				'      ·                read',
				'  ▸ State University   ✓ approved   2 people',
				'    ·                  ✓ approved   0 people',
				'  ▾ Vendor Ltd         … pending    1 person',
				'      Vic Vendor       nothing',
				'  ▤ Campus study       data store   you',
				'  ∿ Microgrid          time series  Uma Student',
				'  ◦ id:IOT_GROUP.null  iot group    ·',
			],
		);
	});

	test('names the selected one without colour', () => {
		expect(draw({selected: 1})[1]).toMatch(/^▸›Resilience pilot/);
		expect(draw({selected: 2, unfolded: ['id.Resilience pilot']})[2]).toMatch(/^ {2}▸›Sample Utility/);
	});

	test.each([24, 36, 44, 60, 96])('is never wider than %i columns, whatever is in it', width => {
		const people = Object.fromEntries(Array.from({length: 1200}, (_, at) => [`P${at} X`, null]));
		const big = collaborative(
			'日本'.repeat(30),
			organization('名前'.repeat(30), 'APPROVED', people),
			organization('x'.repeat(90), 'SOME_STATE_NEWER_THAN_THIS_SHELL' as never),
		);
		const services = [
			service('A_TYPE_OF_SERVICE_THAT_IS_NEWER', null, null),
			store('s'.repeat(90), user('Nobody Known')),
		];
		const lines = draw({
			width,
			unfolded: [big.collaborativeId],
			known: {collaboratives: [big], services: () => services},
		});
		expect(lines).toHaveLength(5);
		for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
	});

	test('keeps numbers of people, and then names, where there is little room', () => {
		const narrow = draw({width: 44, unfolded: ['id.Resilience pilot']});
		expect(narrow[3]).toMatch(/State University +✓ approved +2 people$/);
		expect(draw({width: 30, unfolded: ['id.Resilience pilot']})[3]).toMatch(/State Univers.* ✓ approv/);
	});

	test('keeps what a name would do to the terminal from doing it', () => {
		const evil = collaborative(
			'\u001b[2Jgone\u202e',
			organization('a\nb', 'APPROVED', {'\u0007 x': 'READ_ONLY'}),
		);
		const lines = draw({
			unfolded: [evil.collaborativeId, `${evil.collaborativeId} organization org.a\nb`],
			known: {collaboratives: [evil], services: () => [store('\u001b]0;x\u0007')]},
		});
		expect(lines.join('')).not.toMatch(/[\u001b\u202e\u0007\n]/);
		expect(lines[0]).toContain('\\x1b[2J');
	});
});

test('those who see nothing of what is shared are dim', () => {
	const paint: Paint = (role, text) => `<${role}>${text}</>`;
	const lines = draw({unfolded: ['id.Resilience pilot'], known: {collaboratives: [pilot]}, paint});
	const row = (name: string) => lines.find(line => line.includes(name))!;
	expect(row('Vendor Ltd')).toContain('<hint>Vendor Ltd');
	expect(row('State University')).not.toContain('<hint>State University');
});
