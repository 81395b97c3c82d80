import {expect, test} from 'vitest';
import {closest} from '../../src/shell/suggest.ts';

test.each<[word: string, meant: string | undefined]>([
	['lss', 'ls'],
	['sl', 'ls'],
	['LS', 'ls'],
	['mkdri', 'mkdir'],
	['hlep', 'help'],
	['descirbe', 'describe'],
	['desc', 'describe'],
	['x', undefined],
	['de', undefined],
	['zzzzz', undefined],
	['ls', undefined],
])('%s meant %s', (word, meant) => {
	expect(
		closest(
			word,
			['ls', 'mkdir', 'help', 'describe', 'get'].filter(name => name !== word),
		),
	).toBe(meant);
});

test.each<[word: string, meant: string | undefined]>([
	['sensr', 'Sensor study'],
	['Senso', 'Sensor study'],
	['campis', 'Campus study'],
	['stud', undefined],
	['cam', undefined],
])('of names of several words %s meant %s', (word, meant) => {
	expect(closest(word, ['Sensor study', 'Campus study', 'Campaign'])).toBe(meant);
});
