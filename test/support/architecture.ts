import {isBuiltin} from 'node:module';
import path from 'node:path';

/** A source file; `path` is relative to the project and written with `/`. */
export type SourceFile = {readonly path: string; readonly text: string};

/** Specifiers a file names, static, dynamic and type-only; `computed` counts `import(x)` of no literal. */
export type Imports = {readonly specifiers: readonly string[]; readonly computed: number};

type Layer = {
	/** Folders of src/ it may import, beside itself. */
	readonly folders: readonly string[];
	/** Packages it must do without. */
	readonly without?: (specifier: string) => boolean;
};

const isApollo = (specifier: string) => /^@apollo\//.test(specifier);
const isScreen = (specifier: string) => /^(react|react-dom|ink|ink-[\w-]+)(\/|$)/.test(specifier);
const notPure = (specifier: string) => isApollo(specifier) || isScreen(specifier) || isBuiltin(specifier);

/**
 * Rules 1 to 5 of the architecture, by folder of src/. A new folder needs a line here; build/ is free, as
 * it is no part of the program and carries code of other packages in strings.
 */
const layers: Readonly<Record<string, Layer>> = {
	shell: {folders: [], without: notPure},
	commands: {folders: ['shell'], without: notPure},
	render: {folders: ['shell'], without: notPure},
	exchange: {folders: ['shell']},
	'local-exchange': {folders: []},
	config: {folders: ['shell']},
	host: {folders: ['shell', 'config', 'render']},
	ui: {folders: ['shell', 'commands', 'render'], without: isApollo},
	'ui/hooks': {folders: ['shell', 'commands', 'render', 'exchange']},
};

const statement = /^[ \t]*(?:import|export)\b[^'"`;=()]*?\bfrom\s*(['"])(.+?)\1/gm;
const sideEffect = /^[ \t]*import\s*(['"])(.+?)\1/gm;
const call = /\b(?:import|require)\s*\(\s*(?:(['"`])([^'"`$]+?)\1\s*[,)])?/g;

/** What `text` imports. Text in comments and strings that looks like an import statement counts. */
export function readImports(text: string): Imports {
	const calls = [...text.matchAll(call)].map(match => match[2]);
	return {
		specifiers: [
			...[...text.matchAll(statement), ...text.matchAll(sideEffect)].map(match => match[2]!),
			...calls.filter(specifier => specifier !== undefined),
		],
		computed: calls.filter(specifier => specifier === undefined).length,
	};
}

/** Every breach of the import rules, as `path: what is wrong`. */
export function importViolations(files: readonly SourceFile[]): string[] {
	return files.flatMap(file => fileViolations(file).map(problem => `${file.path}: ${problem}`));
}

function fileViolations({path: from, text}: SourceFile): string[] {
	const {specifiers, computed} = readImports(text);
	const targets = specifiers.map(specifier => ({specifier, target: resolve(from, specifier)}));
	const problems = targets
		.filter(({target}) => /^src\/cli\./.test(target ?? ''))
		.map(() => 'imports cli.tsx, which nothing may');
	if (!from.startsWith('src/') || from === 'src/cli.tsx' || inBuild(from)) return problems;

	const folder = folderOf(from);
	const name = folder === 'ui' && from.startsWith('src/ui/hooks/') ? 'ui/hooks' : folder;
	const layer = folder === undefined ? undefined : layers[name!];
	if (layer === undefined) return [...problems, `has no layer: src/ holds cli.tsx, ${Object.keys(layers)}`];
	if (computed > 0) problems.push('imports a computed name, which hides what it needs');
	if (folder === 'commands' && from.endsWith('.tsx')) problems.push('is JSX, a command yields data');

	for (const {specifier, target} of targets) {
		if (target === undefined) {
			if (layer.without?.(specifier)) problems.push(`imports ${specifier}, which ${name}/ does without`);
			continue;
		}
		const to = folderOf(target);
		if (to === undefined || to === folder) continue;
		if (!layer.folders.includes(to)) problems.push(`imports ${target}, which ${name}/ may not`);
	}
	return problems;
}

function inBuild(file: string): boolean {
	return file.startsWith('src/build/');
}

/** A relative specifier as a path of the project; undefined for a package. */
function resolve(from: string, specifier: string): string | undefined {
	return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : undefined;
}

/** The folder of src/ that holds a path; undefined for a file right in src/. `..` is outside src/. */
function folderOf(file: string): string | undefined {
	const [root, folder, rest] = file.split('/');
	if (root !== 'src') return '..';
	return rest === undefined ? undefined : folder;
}

/** Folders of src/ that import each other in a ring, as `a → b → a`. */
export function folderCycles(files: readonly SourceFile[]): string[] {
	const edges = new Map<string, Set<string>>();
	for (const {path: from, text} of files) {
		const folder = folderOf(from);
		if (folder === undefined || folder === '..') continue;
		const targets = edges.get(folder) ?? new Set();
		edges.set(folder, targets);
		for (const specifier of readImports(text).specifiers) {
			const to = folderOf(resolve(from, specifier) ?? '..');
			if (to !== undefined && to !== '..' && to !== folder) targets.add(to);
		}
	}
	const cycles: string[] = [];
	const walk = (folder: string, trail: readonly string[]) => {
		for (const next of edges.get(folder) ?? []) {
			// Each ring is reported once, from its first folder in the alphabet.
			if (next === trail[0]) cycles.push([...trail, next].join(' → '));
			else if (next > trail[0]! && !trail.includes(next)) walk(next, [...trail, next]);
		}
	};
	for (const folder of [...edges.keys()].sort()) walk(folder, [folder]);
	return cycles;
}

/** Every breach of the rules on what a source file says and how it is named. */
export function sourceViolations(files: readonly SourceFile[]): string[] {
	return files.flatMap(({path: name, text}) => {
		const problems: string[] = [];
		const mayExit = name === 'src/cli.tsx' || !name.startsWith('src/');
		if (!mayExit && !inBuild(name) && /\bprocess\s*\??\.\s*exit\s*(\?\.)?\(/.test(text))
			problems.push('ends the process');
		if (!inBuild(name) && /^[ \t]*export\s+default\b|^[ \t]*export\s*\{[^}]*\bas\s+default\b/m.test(text)) {
			problems.push('has a default export');
		}
		const vague = name.split('/').find(segment => /(^|[-.])(util|helper|manager)s?($|[-.])/.test(segment));
		if (vague !== undefined) problems.push(`is named "${vague}", which says nothing`);
		return problems.map(problem => `${name}: ${problem}`);
	});
}

const topLevel = [
	'src',
	'test',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'README.md',
	'LICENSE',
];

/** Names that do not belong at the top of the project. Dotfiles do. */
export function topLevelViolations(names: readonly string[]): string[] {
	return names.filter(name => !name.startsWith('.') && !topLevel.includes(name));
}

export type Package = {
	readonly scripts?: Readonly<Record<string, string>>;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly devDependencies?: Readonly<Record<string, string>>;
};

/** Every breach of the rules on package.json: at most eight scripts, exact versions. */
export function packageViolations({scripts = {}, dependencies, devDependencies}: Package): string[] {
	const count = Object.keys(scripts).length;
	const loose = Object.entries({...dependencies, ...devDependencies}).filter(
		([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
	);
	return [
		...(count > 8 ? [`has ${count} scripts, at most eight may be`] : []),
		...loose.map(([name, version]) => `${name} is not pinned: ${version}`),
	];
}

export type CommandShape = {
	readonly name: string;
	readonly summary: string;
	readonly examples: readonly string[];
};

/** Every breach of rule 8, given the registry and the paths of all source and test files. */
export function commandViolations(commands: readonly CommandShape[], files: readonly SourceFile[]): string[] {
	const paths = new Set(files.map(file => file.path));
	const defining = files.filter(
		file => /^src\/commands\/[^/]+\/[^/]+\.ts$/.test(file.path) && /\bdefineCommand\s*\(/.test(file.text),
	);
	const nameOf = (file: SourceFile) => path.posix.basename(file.path, '.ts');
	const names = new Set(commands.map(command => command.name));
	return [
		...commands.flatMap(({name, summary, examples}) => {
			const problems: string[] = [];
			if (summary.trim() === '') problems.push('has no summary');
			if (summary.length > 60) problems.push(`has a summary of ${summary.length} characters, at most 60`);
			if (!examples.some(example => example.trim() !== '')) problems.push('has no example');
			const file = defining.find(file => nameOf(file) === name);
			if (file === undefined) problems.push(`is not in src/commands/<folder>/${name}.ts`);
			const test = file?.path.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts');
			if (test !== undefined && !paths.has(test)) problems.push(`has no test ${test}`);
			return problems.map(problem => `${name}: ${problem}`);
		}),
		...defining.filter(file => !names.has(nameOf(file))).map(file => `${file.path}: is not registered`),
	];
}
