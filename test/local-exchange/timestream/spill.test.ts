import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, expect, test} from 'vitest';
import {spill} from '../../../src/local-exchange/timestream/exports/spill.ts';

const directory = mkdtempSync(join(tmpdir(), 'adx-spill-'));
const path = join(directory, 'texts');
afterEach(() => expect(existsSync(path)).toBe(false));
afterAll(() => rmSync(directory, {recursive: true}));

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
	let text = '';
	for await (const piece of pieces) text += piece;
	return text;
}

test('texts that grow side by side are read one by one, from memory and from the file', async () => {
	const texts = spill(path);
	const expected = ['', ''];
	let drained = 0;
	for (let index = 0; drained < 2; index++) {
		const text = `${index} 🙂 ${'x'.repeat(50_000)}`;
		texts.add(index % 2, text);
		expected[index % 2] += text;
		if (!texts.isFull()) continue;
		await texts.drain();
		drained++;
		expect(existsSync(path)).toBe(true);
	}
	texts.add(0, 'last');
	expect(await textOf(texts.read(0))).toBe(`${expected[0]}last`);
	expect(await textOf(texts.read(1))).toBe(expected[1]);
	expect(await textOf(texts.read(2))).toBe('');
	texts.clear();
	texts.add(1, 'new');
	expect(await textOf(texts.read(0))).toBe('');
	expect(await textOf(texts.read(1))).toBe('new');
	await texts.close();
});

test('little makes no file', async () => {
	const texts = spill(path);
	texts.add(0, 'a');
	expect(texts.isFull()).toBe(false);
	expect(await textOf(texts.read(0))).toBe('a');
	expect(existsSync(path)).toBe(false);
	await texts.close();
});

test('a file that cannot grow is an error, not a hole in the texts', () => {
	const module = fileURLToPath(
		new URL('../../../src/local-exchange/timestream/exports/spill.ts', import.meta.url),
	);
	const program = `
const {spill} = await import(process.argv[1]);
const texts = spill(process.argv[2]);
while (!texts.isFull()) texts.add(0, 'x'.repeat(5000));
await texts.drain().then(() => console.log('drained'), ({code}) => console.log(code));
await texts.close();
`;
	// Below the 4 MB of a drain, whether the shell counts in 512 or 1,024 bytes.
	const script = 'ulimit -f 3000; exec "$0" --input-type=module -e "$1" "$2" "$3"';
	const {stdout} = spawnSync('sh', ['-c', script, process.execPath, program, module, path], {
		encoding: 'utf8',
	});
	expect(stdout).toBe('EFBIG\n');
});
