import {afterAll, beforeAll, expect, test} from 'vitest';
import {createSandbox, type Sandbox} from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

test('what is typed while the program starts is in the prompt, and nowhere else', async () => {
	const program = sandbox.open({columns: 120, rows: 30});
	// The terminal itself echoes it, where the first frame will begin.
	program.write('ls sensors');
	await program.waitFor(screen => screen.some(line => /Sensor study:\/> ls sensors/.test(line)));
	expect(program.screen()[0]).toMatch(/^ adx-shell {2}local exchange /);
	program.write('\u0015exit\r');
	await program.exit;
	expect(program.screen().join('\n')).not.toMatch(/^ls sensors/m);
});
