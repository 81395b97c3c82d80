import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	commandViolations,
	folderCycles,
	importViolations,
	packageViolations,
	readImports,
	type SourceFile,
	sourceViolations,
	topLevelViolations,
} from './support/architecture.ts';

const root = path.resolve(import.meta.dirname, '..');

function filesIn(folder: string): SourceFile[] {
	const directory = path.join(root, folder);
	if (!existsSync(directory)) return [];
	return readdirSync(directory, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
		.map(entry => path.join(entry.parentPath, entry.name))
		.map(file => ({
			path: path.relative(root, file).replaceAll(path.sep, '/'),
			text: readFileSync(file, 'utf8'),
		}));
}

// As git knows it: what somebody downloads into a clone while trying the shell is no part of the project.
const tracked = spawnSync('git', ['ls-files', '-z'], {cwd: root, encoding: 'utf8'});

const source = filesIn('src');
const tests = filesIn('test');

describe('the project', () => {
	test('imports along its layers', () => {
		expect(importViolations(source)).toEqual([]);
	});

	test('has no folders that import each other in a ring', () => {
		expect(folderCycles(source)).toEqual([]);
	});

	test('exits in cli.tsx alone, exports by name, names nothing vaguely', () => {
		expect(sourceViolations(source)).toEqual([]);
		expect(sourceViolations(tests.map(({path}) => ({path, text: ''})))).toEqual([]);
	});

	test('never imports cli.tsx, from tests neither', () => {
		const importing = tests.filter(({path}) => path !== 'test/architecture.test.ts');
		expect(importViolations(importing)).toEqual([]);
	});

	test.runIf(tracked.status === 0)('has its fixed top level', () => {
		const top = new Set(tracked.stdout.split('\0').map(file => file.split('/')[0]!));
		expect(topLevelViolations([...top].filter(Boolean))).toEqual([]);
	});

	test('has eight npm scripts at most and pins its versions', () => {
		expect(packageViolations(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))).toEqual([]);
	});

	test.runIf(existsSync(path.join(root, 'src/commands/index.ts')))(
		'gives every command a summary, an example and a test',
		async () => {
			const registry = '../src/commands/index.ts';
			const {commands} = await import(/* @vite-ignore */ registry);
			expect(commandViolations(commands, [...source, ...tests])).toEqual([]);
		},
	);
});

describe('imports', () => {
	test.each([
		["import {a} from './a.ts';", ['./a.ts']],
		["import type {A} from './a.ts';", ['./a.ts']],
		['import a, {type B} from "b";', ['b']],
		["import {\n\ta,\n\tb,\n} from './ab.ts';", ['./ab.ts']],
		["import * as a from 'node:fs';", ['node:fs']],
		["import './a.ts';", ['./a.ts']],
		["export {a} from './a.ts';", ['./a.ts']],
		["export type {A} from './a.ts';", ['./a.ts']],
		["export * from './a.ts';", ['./a.ts']],
		["const {a} = await import('./a.ts');", ['./a.ts']],
		["type A = import('./a.ts').A;", ['./a.ts']],
		["const a = require('a');", ['a']],
		["import json from './a.json' with {type: 'json'};", ['./a.json']],
		["export const from = 'a';", []],
		["// import {a} from './a.ts';", []],
	])('%s', (text, specifiers) => {
		expect(readImports(text)).toEqual({specifiers, computed: 0});
	});

	test('of a computed name are counted', () => {
		// biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
		const text = 'await import(name); await import(`./${name}.ts`);';
		expect(readImports(text)).toEqual({specifiers: [], computed: 2});
	});
});

describe('the checker refuses', () => {
	test.each([
		['shell, the file system', 'src/shell/a.ts', "import {readFile} from 'node:fs/promises';"],
		['shell, a bare built-in', 'src/shell/a.ts', "import path from 'path';"],
		['shell, React', 'src/shell/a.ts', "import {useState} from 'react';"],
		['shell, Ink', 'src/shell/a.ts', "import {Text} from 'ink';"],
		['shell, Apollo', 'src/shell/a.ts', "import type {ApolloClient} from '@apollo/client';"],
		['shell, the exchange', 'src/shell/a.ts', "import type {A} from '../exchange/a.ts';"],
		['a command, render', 'src/commands/files/ls.ts', "import {a} from '../../render/a.ts';"],
		['a command, the disk', 'src/commands/files/put.ts', "import fs from 'node:fs';"],
		['a command in JSX', 'src/commands/files/ls.tsx', ''],
		['render, commands', 'src/render/a.ts', "import {commands} from '../commands/index.ts';"],
		['render, Ink', 'src/render/a.ts', "import {Text} from 'ink';"],
		['exchange, render', 'src/exchange/a.ts', "import {a} from '../render/a.ts';"],
		['exchange, the local exchange', 'src/exchange/a.ts', "await import('../local-exchange/server.ts');"],
		['the local exchange, shell', 'src/local-exchange/a.ts', "import {a} from '../shell/a.ts';"],
		['a nested file of it, shell', 'src/local-exchange/b/a.ts', "import type {A} from '../../shell/a.ts';"],
		['config, render', 'src/config/a.ts', "import {a} from '../render/a.ts';"],
		['host, the exchange', 'src/host/a.ts', "import {a} from '../exchange/a.ts';"],
		['host, the local exchange', 'src/host/a.ts', "await import('../local-exchange/server.ts');"],
		['a pane, Apollo', 'src/ui/panes/A.tsx', "import {useQuery} from '@apollo/client/react';"],
		['a pane, a type of the exchange', 'src/ui/panes/A.tsx', "import type {A} from '../../exchange/a.ts';"],
		['a pane, host', 'src/ui/panes/A.tsx', "import {a} from '../../host/a.ts';"],
		['a hook, host', 'src/ui/hooks/use-a.ts', "import {a} from '../../host/a.ts';"],
		['cli.tsx, imported', 'src/host/a.ts', "import {main} from '../cli.tsx';"],
		['cli.tsx, imported by a test', 'test/cli.test.ts', "import {main} from '../src/cli.tsx';"],
		['src, a test', 'src/host/a.ts', "import {a} from '../../test/a.ts';"],
		['a computed import', 'src/host/a.ts', 'await import(name);'],
		['a folder without a layer', 'src/misc/a.ts', ''],
		['a second file right in src', 'src/main.ts', ''],
	])('%s', (_, path, text) => {
		expect(importViolations([{path, text}])).toHaveLength(1);
	});

	test.each([
		['an exit in a command', 'src/commands/session/exit.ts', 'process.exit(0);'],
		['an exit in host', 'src/host/a.ts', 'process\n\t.exit(1)'],
		['a default export', 'src/ui/App.tsx', 'export default function App() {}'],
		['a renamed default export', 'src/ui/App.tsx', 'export {App as default};'],
		['a folder utils', 'src/utils/a.ts', ''],
		['a file helpers.ts', 'src/shell/helpers.ts', ''],
		['a file path-utils.ts', 'src/shell/path-utils.ts', ''],
	])('%s', (_, path, text) => {
		expect(sourceViolations([{path, text}])).toHaveLength(1);
	});

	test('folders in a ring, once', () => {
		const ring = [
			{path: 'src/b/b.ts', text: "import '../c/c.ts';"},
			{path: 'src/c/c.ts', text: "import '../a/a.ts';"},
			{path: 'src/a/a.ts', text: "import '../b/b.ts';"},
		];
		expect(folderCycles(ring)).toEqual(['a → b → c → a']);
		expect(folderCycles(ring.slice(1))).toEqual([]);
	});

	test('strangers at the top', () => {
		expect(topLevelViolations(['src', '.ci', 'README.md', 'docs', 'vitest.config.ts'])).toEqual([
			'docs',
			'vitest.config.ts',
		]);
	});

	test('a ninth script and a range of versions', () => {
		const scripts = Object.fromEntries('abcdefghi'.split('').map(name => [name, 'true']));
		expect(packageViolations({scripts})).toHaveLength(1);
		expect(
			packageViolations({dependencies: {a: '^1.2.3', b: '1.2.3-rc.1'}, devDependencies: {c: 'latest'}}),
		).toEqual(['a is not pinned: ^1.2.3', 'c is not pinned: latest']);
	});

	const ls = {name: 'ls', summary: 'List a directory', examples: ['ls -l']};
	const lsFile = {path: 'src/commands/navigation/ls.ts', text: 'export const ls = defineCommand({'};
	const lsTest = {path: 'test/commands/navigation/ls.test.ts', text: ''};
	test.each([
		['an empty summary', [{...ls, summary: ' '}], [lsFile, lsTest]],
		['a summary of 61 characters', [{...ls, summary: 'x'.repeat(61)}], [lsFile, lsTest]],
		['no example', [{...ls, examples: []}], [lsFile, lsTest]],
		['a name that is not its file', [ls], [{...lsFile, path: 'src/commands/ls.ts'}, lsTest]],
		['no test', [ls], [lsFile]],
		['a test in another folder', [ls], [lsFile, {...lsTest, path: 'test/commands/files/ls.test.ts'}]],
		['a command that is not registered', [], [lsFile, lsTest]],
	])('a command with %s', (_, commands, files) => {
		expect(commandViolations(commands, files)).toHaveLength(1);
	});
	test('nothing of a command as it should be', () => {
		expect(commandViolations([{...ls, summary: 'x'.repeat(60)}], [lsFile, lsTest])).toEqual([]);
	});
});

describe('the checker allows', () => {
	test.each([
		['shell, a pure package', 'src/shell/a.ts', "import fuzzysort from 'fuzzysort';"],
		['a command, shell', 'src/commands/files/ls.ts', "import {a} from '../../shell/a.ts';"],
		['render, string-width', 'src/render/a.ts', "import width from 'string-width';"],
		['exchange, Apollo', 'src/exchange/a.ts', "import {ApolloClient} from '@apollo/client';"],
		['a hook, Apollo', 'src/ui/hooks/use-a.ts', "import {useQuery} from '@apollo/client/react';"],
		['a hook, operations', 'src/ui/hooks/use-a.ts', "import {A} from '../../exchange/operations/a.ts';"],
		['a pane, a hook', 'src/ui/panes/A.tsx', "import {useA} from '../hooks/use-a.ts';"],
		['the server, the schema', 'src/local-exchange/a.ts', "import schema from '../schema.graphql';"],
		['cli.tsx, everything', 'src/cli.tsx', "import {a} from './ui/a.tsx'; await import('./host/a.ts');"],
		['cli.tsx, an exit', 'src/cli.tsx', 'process.exit(0);'],
		['the build, code in a string', 'src/build/a.ts', "\nimport a from '../a.js';\nexport default a;"],
		['the build, an exit', 'src/build/a.ts', 'process.exit(1);'],
	])('%s', (_, path, text) => {
		const files = [{path, text}];
		expect([...importViolations(files), ...sourceViolations(files)]).toEqual([]);
	});
});
