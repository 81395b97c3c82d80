import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';

test('the generated operations are those of the .graphql files, and valid against the schema', async () => {
	const check = promisify(execFile)(process.execPath, ['src/build/codegen.ts', '--check']);
	await expect(check).resolves.toMatchObject({stderr: ''});
});
