import {expect, test} from 'vitest';
import {needsTerminal} from '../../src/ui/terminal-commands.ts';

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
