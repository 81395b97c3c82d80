import {afterAll, beforeAll, expect, test} from 'vitest';
import {createSandbox, type Sandbox} from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
}, 60_000);
afterAll(() => sandbox.remove());

test.each([
	['unset', {}, '<>'],
	['set', {FORCE_COLOR: '3'}, '<3>'],
])('what the screen starts finds FORCE_COLOR %s, as it was', async (_, environment, found) => {
	const program = sandbox.open({environment});
	await program.waitFor('Sensor study:/>');
	program.write('!echo "<$FORCE_COLOR>"\r');
	await program.waitFor(/^│ <\d?> /m);
	expect(program.screen().join('\n')).toContain(`│ ${found} `);
});
