import {execFile} from 'node:child_process';
import {cp, mkdir, readFile, stat, symlink} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {createSandbox, type Sandbox} from './sandbox.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
});
afterAll(() => sandbox.remove());

test('the packed tarball holds only what runs, and runs in an empty folder', async () => {
	// Built already: packing must not rebuild what other tests are running.
	const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', sandbox.directory];
	const {stdout: packed} = await run('npm', pack, {cwd: root});
	const [{filename, files}] = JSON.parse(packed) as [{filename: string; files: {path: string}[]}];
	const shipped = files.map(file => file.path).filter(file => !file.startsWith('dist/sample-data/'));
	expect(shipped.toSorted()).toEqual(
		[
			...['LICENSE', 'README.md', 'package.json'],
			...['dist/adx-shell.js', 'dist/chart-svg.js', 'dist/cli.js', 'dist/keyring.js'],
		].toSorted(),
	);
	const folder = path.join(sandbox.directory, 'empty');
	await mkdir(folder);
	const install = [
		'install',
		// All it needs is in it; what is optional is left out, and no registry is asked.
		'--omit=optional',
		'--offline',
		'--no-audit',
		'--no-fund',
		'--prefix',
		folder,
		path.join(sandbox.directory, filename),
	];
	await run('npm', install, {cwd: folder});
	const installed = path.join(folder, 'node_modules/.bin/adx-shell');
	const {stdout} = await run(process.execPath, [installed, '-c', 'pwd'], {env: sandbox.environment});
	expect(stdout).toBe('Sensor study:/\n');
}, 120_000);

test('a clone in a folder with an awkward name builds and runs', async () => {
	const clone = path.join(sandbox.directory, 'my clöne #1 100%');
	await mkdir(clone);
	for (const name of ['src', 'package.json'])
		await cp(path.join(root, name), path.join(clone, name), {recursive: true});
	await symlink(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
	const runBuild = (script: string, option: string) =>
		run(process.execPath, [path.join(clone, 'src/build', script), option], {cwd: clone});
	const size = async () => (await stat(path.join(clone, 'dist/adx-shell.js'))).size;
	await runBuild('codegen.ts', '--check');
	await runBuild('bundle.ts', '--development');
	const ofDevelopment = await size();
	// What `npm run dev` leaves behind is not what `npm start` runs.
	await runBuild('bundle.ts', '--if-stale');
	expect(await size()).toBeLessThan(ofDevelopment / 1.5);
	const built = path.join(clone, 'dist/cli.js');
	const {stdout} = await run(process.execPath, [built, '-c', 'pwd'], {env: sandbox.environment});
	expect(stdout).toBe('Sensor study:/\n');
}, 120_000);

test('an old Node is told what is missing instead of a stack trace', async () => {
	const entry = await readFile(path.join(root, 'dist/cli.js'), 'utf8');
	const old = entry.replace('process.versions.node', '"20.11.1"');
	expect(old).not.toBe(entry);
	const failed = run(process.execPath, ['--input-type=module', '-e', old.replace(/^#!.*\n/, '')]);
	await expect(failed).rejects.toMatchObject({
		code: 2,
		stderr: expect.stringMatching(/^adx-shell: needs Node .*\n$/),
	});
});
