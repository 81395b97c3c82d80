import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {commandTable} from '../src/build/readme.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the README lists every command as the program knows it', () => {
	expect(readme).toContain(commandTable());
});

test('the README begins with the two commands a newcomer needs', () => {
	const top = readme.split('\n').slice(0, 12).join('\n');
	expect(top).toContain('npm install && npm start');
	expect(top).toContain('npm install && npm test');
});
