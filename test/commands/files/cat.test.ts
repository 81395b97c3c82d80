import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Desk, openDesk, stoppingDownloads} from './desk.ts';

const image = Uint8Array.from([
	0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
]);
const umlauts = `${'ä'.repeat(70_000)}\nend`;
let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({
		Store: {
			'a.txt': 'one\ntwo\n',
			'b.txt': 'three',
			'empty.txt': '',
			'image.png': image,
			'utf16.txt': Buffer.from('\ufeffgrüezi\n', 'utf16le'),
			'latin1.txt': Buffer.from('Zürich, Genève und die Fähre nach Weggis\n', 'latin1'),
			'escape.txt': 'before \x1b[31mred\x07 after\n',
			'umlauts.txt': umlauts,
			weather: {},
		},
	});
});
afterAll(() => desk.close());

const bytesOf = (outputs: readonly {kind: string; bytes?: unknown}[]) =>
	Buffer.concat(outputs.flatMap(output => (output.kind === 'bytes' ? [output.bytes as Uint8Array] : [])));

test('files follow each other', async () => {
	const {text, status} = await desk.run('cat a.txt b.txt');
	expect(text).toBe('one\ntwo\nthree');
	expect(status).toBe(0);
	expect((await desk.run('cat a.txt b.txt', {interactive: true})).screen).toEqual(['one', 'two', 'three']);
});

test('an empty file is nothing, and no error', async () => {
	expect(await desk.run('cat empty.txt', {interactive: true})).toMatchObject({status: 0, screen: []});
});

test('a binary file is not for a screen, but goes through a pipe unchanged', async () => {
	const {errors, status} = await desk.run('cat image.png', {interactive: true});
	expect(errors).toEqual(['image.png: binary, not text (`get` it, or --force shows it anyway)']);
	expect(status).toBe(1);
	expect((await desk.run('cat -f image.png', {interactive: true})).status).toBe(0);
	expect(bytesOf((await desk.run('cat image.png')).outputs)).toEqual(Buffer.from(image));
});

test.each(['utf16.txt', 'latin1.txt'])('%s is text, too', async name => {
	const {screen, status} = await desk.run(`cat ${name}`, {interactive: true});
	expect(status).toBe(0);
	expect(screen[0]).toMatch(name === 'utf16.txt' ? /^grüezi$/ : /^Z.rich/);
});

test('escape sequences are shown on a screen and kept in a pipe', async () => {
	expect((await desk.run('cat escape.txt', {interactive: true})).screen.join()).not.toContain('\x1b');
	expect((await desk.run('cat escape.txt')).text).toContain('\x1b[31m');
});

test('no character is cut in two where the bytes come in pieces', async () => {
	const {outputs} = await desk.run('cat umlauts.txt');
	for (const output of outputs) {
		if (output.kind === 'bytes')
			expect(new TextDecoder('utf-8', {fatal: true}).decode(output.bytes)).toBeTruthy();
	}
	expect(bytesOf(outputs).toString()).toBe(umlauts);
	const shown = await desk.run('cat umlauts.txt', {interactive: true});
	expect(shown.outputs.map(output => (output.kind === 'text' ? output.text : '')).join('')).toBe(umlauts);
});

test('a directory and a missing name are errors, the rest is shown', async () => {
	const {errors, text, status} = await desk.run('cat weather c.txt a.txt');
	expect(errors).toEqual([
		'c.txt: no such file or directory in / (did you mean a.txt?)',
		'weather: a directory (`ls` shows what is in it)',
	]);
	expect(text).toBe('one\ntwo\n');
	expect(status).toBe(1);
});

test('a dropped connection names the file', async () => {
	const exchange = stoppingDownloads(desk.exchange, 3, 'drop');
	const {errors, status} = await desk.run('cat a.txt', {exchange});
	expect(errors).toEqual(['a.txt: the file store: the connection dropped']);
	expect(status).toBe(3);
});
