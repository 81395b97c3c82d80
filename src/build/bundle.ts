import {cp, glob, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {builtinModules} from 'node:module';
import {fileURLToPath} from 'node:url';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {inkSpeed} from './ink-speed.ts';

const root = new URL('../../', import.meta.url);
const at = (path: string) => fileURLToPath(new URL(path, root));
const development = process.argv.includes('--development');
/** Written last. */
const program = at('dist/cli.js');

/** True when the whole program is there and nothing it is made of is newer. */
async function isFresh(): Promise<boolean> {
	const built = await stat(program).catch(() => undefined);
	if (!built) return false;
	for await (const path of glob(['src/**', 'package.json', 'package-lock.json'], {cwd: at('.')})) {
		if ((await stat(at(path))).mtimeMs > built.mtimeMs) return false;
	}
	return true;
}

async function bundleProgram(): Promise<void> {
	const manifest = JSON.parse(await readFile(at('package.json'), 'utf8'));
	const common: BuildOptions = {
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node22',
		minify: !development,
		legalComments: 'none',
		logLevel: 'warning',
		mainFields: ['module', 'main'],
	};
	await build({
		...common,
		entryPoints: [at('src/render/chart-svg.ts')],
		outfile: at('dist/chart-svg.js'),
		define: {'process.env.NODE_ENV': '"production"'},
		plugins: [lazyBuiltins],
	});
	await build({
		...common,
		entryPoints: [at('src/host/account/keyring-child.ts')],
		outfile: at('dist/keyring.js'),
		external: ['@napi-rs/keyring'],
	});
	await build({
		...common,
		entryPoints: [at('src/cli.tsx')],
		outfile: at('dist/adx-shell.js'),
		alias: {rxjs: at('node_modules/rxjs/dist/esm/index.js')},
		external: ['@duckdb/node-api', 'bufferutil', 'utf-8-validate'],
		inject: [at('src/build/lazy-segmenter.ts')],
		define: {
			'process.env.NODE_ENV': JSON.stringify(development ? 'development' : 'production'),
			'Intl.Segmenter': 'LazySegmenter',
			ADX_VERSION: JSON.stringify(manifest.version),
			KEYRING_PROGRAM: '"./keyring.js"',
			SAMPLE_DATA_BASE: '"./sample-data/"',
		},
		banner: {
			js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
		},
		plugins: [inkSpeed, inlineSchema, lazyBuiltins, ownFiles, withoutDevtools],
	});
	await rm(at('dist/sample-data/'), {recursive: true, force: true});
	await cp(at('src/local-exchange/sample/data/'), at('dist/sample-data/'), {recursive: true});
	await writeFile(program, entry(manifest.engines.node), {mode: 0o755});
	// What `npm run dev` leaves behind is stale for `npm start`.
	if (development) await utimes(program, 0, 0);
}

/**
 * The program's first file: small, so that an old Node can still read it and say what is missing, and so
 * that V8's compile cache is on before the bundle is read.
 */
function entry(nodeRange: string): string {
	const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(nodeRange)!;
	return `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < ${major} || (major === ${major} && minor < ${minor})) {
	console.error('adx-shell: needs Node ${major}.${minor} or newer, this is ' + process.version + ' (https://nodejs.org)');
	process.exit(2);
}
const {enableCompileCache} = await import('node:module');
const {homedir} = await import('node:os');
const cache = process.env.XDG_CACHE_HOME || homedir() + '/.cache';
enableCompileCache(cache + '/adx-shell/compiled');
await import('./adx-shell.js');
`;
}

/** The schema travels inside the bundle. */
const inlineSchema: Plugin = {
	name: 'inline-schema',
	setup(build) {
		build.onLoad({filter: /local-exchange\/schema\.ts$/}, async () => ({
			contents: `export const schemaText = ${JSON.stringify(await readFile(at('src/schema.graphql'), 'utf8'))};`,
			loader: 'ts',
		}));
	},
};

/**
 * The bundler lifts every import of a Node module to the top of the file, so that `-c pwd` would load
 * HTTP servers and SQLite. Behind a CommonJS wrapper each is loaded when its importer runs.
 */
const lazyBuiltins: Plugin = {
	name: 'lazy-builtins',
	setup(build) {
		const names = builtinModules.filter(name => !name.startsWith('_'));
		const filter = new RegExp(`^(node:.*|${names.join('|')})$`);
		build.onResolve({filter}, ({path}) => ({path: path.replace(/^(node:)?/, 'node:'), namespace: 'builtin'}));
		build.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
			contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
		}));
	},
};

/** The charting library is as large as the rest: it has a file of its own, read when a picture is asked for. */
const ownFiles: Plugin = {
	name: 'own-files',
	setup(build) {
		build.onResolve({filter: /\/chart-svg\.ts$/}, ({kind}) =>
			kind === 'dynamic-import' ? {path: './chart-svg.js', external: true} : undefined,
		);
	},
};

const withoutDevtools: Plugin = {
	name: 'without-devtools',
	setup(build) {
		build.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'devtools', namespace: 'empty'}));
		build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
	},
};

if (!(process.argv.includes('--if-stale') && (await isFresh()))) await bundleProgram();
