import {describe, expect, test} from 'vitest';
import {commands} from '../../../src/commands/index.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({});
const help = async (line: string) => (await runCommands(line, {exchange})).screen;

describe('help', () => {
	test('shows all commands by group', async () => {
		expect(await help('help')).toMatchSnapshot();
	});

	test('names each command once', async () => {
		const rows = (await runCommands('help --json', {exchange})).text.trimEnd().split('\n');
		expect(rows.map(row => JSON.parse(row).name)).toEqual(commands.map(({name}) => name));
	});

	test.each(['ls', 'find', 'get', 'exit'])('explains %s', async name => {
		expect(await help(`help ${name}`)).toMatchSnapshot();
	});

	test.each(commands.map(({name}) => name))('%s --help says the same', async name => {
		const lines = await help(`help ${name}`);
		expect(lines[0]).toContain(`usage: ${name}`);
		expect(await help(`${name} --help`)).toEqual(lines);
	});

	test.each(commands.map(({name}) => name))(
		'%s is explained in 80 columns, in a pipe as on a screen',
		async name => {
			const {screen, text} = await runCommands(`help ${name}`, {exchange});
			expect(text).toBe(`${screen.join('\n')}\n`);
			expect(Math.max(...screen.map(line => line.length))).toBeLessThanOrEqual(80);
			// Of an example that is cut nothing can be copied.
			expect(screen.slice(screen.indexOf('Options')).filter(line => line.endsWith('…'))).toEqual([]);
		},
	);

	test('takes an alias', async () => {
		expect(await help('help quit')).toEqual(await help('help exit'));
	});

	test('suggests what was meant', async () => {
		expect((await help('help tre'))[0]).toBe('help: tre: no such command (did you mean tree?)');
	});
});

test('summaries fit, arguments are explained', () => {
	for (const {name, summary, args} of commands) {
		expect(summary.length, name).toBeLessThanOrEqual(60);
		for (const [key, {help}] of Object.entries<{help: string}>(args)) {
			expect(help.length, `${name} ${key}`).toBeGreaterThan(3);
		}
	}
});
