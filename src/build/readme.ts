import {readFile, writeFile} from 'node:fs/promises';
import {commands} from '../commands/index.ts';
import {usageOf} from '../shell/usage.ts';

const readme = new URL('../../README.md', import.meta.url);
const between = /(<!-- commands -->)[\s\S]*(<!-- \/commands -->)/;

/** The README's table of commands, in the order of `help`. */
export function commandTable(): string {
	const rows = commands.map(
		command => `| ${command.group} | \`${usageOf(command).replaceAll('|', '\\|')}\` | ${command.summary} |`,
	);
	return ['| | Command | |', '|---|---|---|', ...rows].join('\n');
}

if (import.meta.main) {
	const text = await readFile(readme, 'utf8');
	await writeFile(
		readme,
		text.replace(between, (_, before, after) => `${before}\n${commandTable()}\n${after}`),
	);
}
