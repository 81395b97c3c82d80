import {describe, expect, test} from 'vitest';
import {addToHistory, findByPrefix, reverseSearch} from '../../src/shell/history.ts';

describe('a line is kept', () => {
	test('at the end', () => {
		expect(addToHistory(['ls'], 'cd x')).toEqual(['ls', 'cd x']);
	});

	test.each([
		'',
		'  ',
		' ls secret',
		'ls',
		'!curl "https://b.s3.amazonaws.com/k?X-Amz-Signature=abc"',
		"!curl -H 'Authorization: abc' x",
		'!ADX_TOKEN=abc adx-shell',
		'!x --token=abc',
		'!x password: hunter2',
		'!curl -H "X: bearer abc"',
		'!x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x',
		'!x AKIAIOSFODNN7EXAMPLE',
		'QzIKNPxWRxyjemnxFExdnSRG1rl4qeJS2PeZ7xhqo',
		'login a-token',
		'login --profile lab a-token',
		'login --token a-token',
		'login <<< a-token',
		'profile lab; login a-token',
		'profile lab && login --profile lab a-token',
	])('but not %j', line => {
		const lines = ['ls'];
		expect(addToHistory(lines, line)).toBe(lines);
	});

	test.each([
		'cat token.txt',
		'ls passwords',
		'find --name secret',
		'login',
		'login --profile lab --endpoint https://lab.example/graphql',
		'login -p lab ',
		'profile lab; login; ls -l',
		'loginctl',
	])('also %j', line => {
		expect(addToHistory([], line)).toEqual([line.trimEnd()]);
	});

	test('up to 10,000', () => {
		const lines = Array.from({length: 10_000}, (_, at) => `ls ${at}`);
		const added = addToHistory(lines, 'pwd');
		expect([added.length, added[0], added.at(-1)]).toEqual([10_000, 'ls 1', 'pwd']);
	});
});

test('Up and Down walk the lines that begin alike', () => {
	const lines = ['get a', 'ls', 'get b', 'cd', 'get b'];
	expect(findByPrefix(lines, 'get', 5, -1)).toBe(4);
	expect(findByPrefix(lines, 'get', 4, -1, 'get b')).toBe(0);
	expect(findByPrefix(lines, 'get', 0, -1)).toBeUndefined();
	expect(findByPrefix(lines, 'get', 0, 1, 'get a')).toBe(2);
	expect(findByPrefix(lines, '', 5, -1, '')).toBe(4);
	expect(findByPrefix(lines, 'get', 4, 1)).toBeUndefined();
});

test('the reverse search finds the latest line that holds the text, then earlier ones', () => {
	const lines = ['get Weather', 'cd weather', 'ls'];
	expect(reverseSearch(lines, 'weath', 3)).toEqual({index: 1, at: 3});
	expect(reverseSearch(lines, 'weath', 1)).toEqual({index: 0, at: 4});
	expect(reverseSearch(lines, 'weath', 0)).toBeUndefined();
	expect(reverseSearch(lines, 'Weath', 3)).toEqual({index: 0, at: 4});
	expect(reverseSearch(lines, '', 3)).toBeUndefined();
});
