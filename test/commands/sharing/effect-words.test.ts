import {expect, test} from 'vitest';
import type {Effect} from '../../../src/commands/sharing/consequences.ts';
import {effectWords} from '../../../src/commands/sharing/effect-words.ts';

const effect: Effect = {
	organizationId: 'organizationId.1',
	name: 'State University',
	memberState: 'APPROVED',
	people: 3,
	read: 0,
	write: 0,
	kept: 0,
	regraded: 0,
	through: [],
	isOwners: false,
};

test.each<[Partial<Effect>, string]>([
	[{read: 1}, '1 loses sight of it'],
	[{write: 1, kept: 1, through: ['Forecast exchange']}, '1 loses sight of it; 1 still sees it'],
	[{read: 1, write: 1, isOwners: true}, '2 lose sight of it; stays yours'],
	[{}, 'nothing changes'],
	[{memberState: null}, 'not known'],
	[{memberState: 'SUSPENDED' as 'APPROVED'}, 'not known'],
])('unshare, for %o: %s', (given, words) => {
	expect(effectWords('unshare', {...effect, ...given})).toBe(words);
});
