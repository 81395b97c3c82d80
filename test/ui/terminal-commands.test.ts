import {expect, test} from 'vitest';
import {needsTerminal, screenProcesses} from '../../src/ui/terminal-commands.ts';

test.each([
	['', true],
	['vim a.csv', true],
	['/usr/bin/less a', true],
	['man ls', true],
	['kak a', true],
	['ls -l', false],
	['date', false],
	['python3', true],
	['python3 script.py', false],
	['bash -c date', false],
])('%j needs the terminal: %s', (command, needs) => {
	expect(needsTerminal(command, {EDITOR: '/opt/bin/kak -n', PAGER: undefined})).toBe(needs);
});

test('a pager at the end of a pipe gets the terminal, and the text', async () => {
	const shown: string[] = [];
	const {run} = screenProcesses({
		processes: {
			async *run() {
				yield Buffer.from('captured');
				return 0;
			},
		},
		suspend: async use => use(),
		runInTerminal: (command, directory, input) => {
			shown.push(command, directory, String(input));
			return 3;
		},
		environment: {},
	});
	const input = (async function* () {
		yield Buffer.from('one\n');
		yield Buffer.from('two\n');
	})();
	expect(await run('less -S', {directory: '/tmp', input}).next()).toEqual({done: true, value: 3});
	expect(shown).toEqual(['less -S', '/tmp', 'one\ntwo\n']);
});
