import {type Column, type Command, defineCommand, type Group, type Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {common, optionsOf, positionalsOf} from '../../shell/options.ts';
import {shownWord} from '../../shell/quote.ts';
import {closest} from '../../shell/suggest.ts';
import {optionForms, placeholder, usageOf} from '../../shell/usage.ts';

const groups: readonly Group[] = ['Navigation', 'Files', 'Time series', 'Sharing', 'Account', 'Session'];

const commandColumns: readonly Column[] = [
	{field: 'name', as: 'text'},
	{field: 'summary', as: 'text'},
];
const argumentColumns: readonly Column[] = [
	{field: 'form', as: 'text'},
	{field: 'help', as: 'text'},
];

/** All commands by group, or all about one; made from the registry. */
export const help = defineCommand({
	name: 'help',
	aliases: ['?'],
	group: 'Session',
	summary: 'Show the commands, or how to use one',
	args: {
		command: {kind: 'command', optional: true, help: 'What to explain'},
	},
	examples: ['help', 'help get', 'get --help'],
	async *run({commands, interactive}, {command: name}) {
		if (name !== undefined) {
			yield* explain(commandNamed(commands, name));
			return;
		}
		const used = groups.filter(group => commands.some(command => command.group === group));
		for (const [index, group] of used.entries()) {
			const records = commands
				.filter(command => command.group === group)
				.map(({name, aliases = [], summary}) => ({name, aliases, group, summary}));
			yield {
				kind: 'records',
				records,
				columns: commandColumns,
				layout: 'table',
				prose: true,
				title: group,
				...(index > 0 && {apart: true}),
			};
		}
		if (interactive) {
			const text =
				'`help COMMAND` explains one. `!cmd` runs a local command; `> file` and `| cmd` take output.';
			yield {kind: 'note', text};
		}
	},
});

function commandNamed(commands: readonly Command[], name: string): Command {
	const command = commands.find(({name: own, aliases}) => own === name || aliases?.includes(name));
	if (command) return command;
	const meant = closest(
		name,
		commands.map(command => command.name),
	);
	throw new ShellError('not-found', `${shownWord(name)}: no such command`, {
		hint: meant === undefined ? 'try `help`' : `did you mean ${meant}?`,
	});
}

function* explain(command: Command): Generator<Output> {
	const {summary, description, aliases = [], examples} = command;
	const about = [
		`usage: ${usageOf(command)}`,
		`${summary}.`,
		...(description === undefined ? [] : [description]),
		...(aliases.length > 0 ? [`Also: ${aliases.join(', ')}`] : []),
	];
	yield {kind: 'text', text: about.join('\n'), prose: true};
	const positionals = positionalsOf(command).map(({key, spec}) => ({
		form: placeholder(key, spec),
		help: spec.help,
	}));
	if (positionals.length > 0) yield section('Arguments', positionals);
	const own = optionsOf(command);
	const options = [...own, ...common.filter(({long}) => !own.some(option => option.long === long))];
	yield section(
		'Options',
		options.map(option => ({form: optionForms(option), help: option.spec.help})),
	);
	yield {
		kind: 'records',
		records: examples.map(example => ({example})),
		columns: [{field: 'example', as: 'text'}],
		layout: 'table',
		prose: true,
		title: 'Examples',
		apart: true,
	};
}

function section(title: string, records: readonly {readonly form: string; readonly help: string}[]): Output {
	return {
		kind: 'records',
		records,
		columns: argumentColumns,
		layout: 'table',
		prose: true,
		title,
		apart: true,
	};
}
