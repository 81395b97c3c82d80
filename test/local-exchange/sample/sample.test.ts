import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readData} from '../../../src/local-exchange/sample/data.ts';
import {sampleStores} from '../../../src/local-exchange/sample/sample.ts';
import type {SampleFile} from '../../../src/local-exchange/sample/sample-store.ts';

const stores = [...sampleStores()].map(store => {
	const objects = [...store.objects];
	return {
		...store,
		objects,
		files: objects.filter(object => object.kind === 'file'),
		directories: objects.flatMap(object => (object.kind === 'directory' ? [object.path.join('/')] : [])),
	};
});
const files = stores.flatMap(store => store.files);
const text = (file: SampleFile) => new TextDecoder('utf-8', {fatal: true}).decode(file.bytes);
const windows = files.filter(file => file.path.join('/') === 'sensors/windows');

describe('the stores of the sample', () => {
	test('are two, each with a name and a description of its own', () => {
		expect(stores.map(store => store.name)).toEqual(['Sensor study', 'Public climate and power']);
		expect(new Set(stores.map(store => store.description)).size).toBe(2);
	});

	test('are the same at every call, and when read twice', () => {
		expect([...sampleStores()].map(store => ({...store, objects: [...store.objects]}))).toEqual(
			stores.map(({name, description, objects}) => ({name, description, objects})),
		);
		const [store] = sampleStores();
		expect([...store!.objects]).toEqual([...store!.objects]);
	});

	test('name every directory once, before what it holds', () => {
		for (const {objects, directories} of stores) {
			expect(new Set(directories).size).toBe(directories.length);
			const known = new Set(['']);
			for (const object of objects) {
				const holder = object.kind === 'file' ? object.path : object.path.slice(0, -1);
				expect(known).toContain(holder.join('/'));
				if (object.kind === 'directory') known.add(object.path.join('/'));
			}
		}
	});

	test('leave one directory empty', () => {
		const empty = stores.flatMap(({objects, directories}) =>
			directories.filter(path => !objects.some(object => holds(path, object.path, object.kind))),
		);
		expect(empty).toEqual(['inbox']);
	});

	function holds(path: string, other: readonly string[], kind: 'file' | 'directory') {
		return (kind === 'file' ? other : other.slice(0, -1)).join('/') === path;
	}
});

describe('the names of the sample', () => {
	test.each([
		['a space', / /],
		['a letter beyond ASCII', /[^\p{ASCII}]/u],
		['wide letters', /\p{Script=Hiragana}/u],
		['a quote', /'/],
		['no extension', /^[^.]+$/],
		['many dots', /\..*\..*\./],
		['a leading dot', /^\./],
	])('include %s', (_, pattern) => {
		expect(files.some(file => pattern.test(file.fileName))).toBe(true);
	});

	test('are NFC, and free of slashes and control characters', () => {
		for (const {fileName, path} of files) {
			for (const name of [fileName, ...path]) {
				expect(name).toBe(name.normalize('NFC'));
				expect(name).not.toMatch(/[/\p{Cc}]/u);
			}
		}
	});

	test('repeat in one directory once, over different content', () => {
		const repeated = stores.flatMap(store =>
			[...Map.groupBy(store.files, file => [...file.path, file.fileName].join('/')).values()].filter(
				group => group.length > 1,
			),
		);
		expect(repeated.map(group => group.map(file => file.fileName))).toEqual([['event.csv', 'event.csv']]);
		const [first, second] = repeated[0]!;
		expect(first!.bytes).not.toEqual(second!.bytes);
		expect(first!.description).not.toBe(second!.description);
	});
});

describe('the content of the sample', () => {
	const csvFiles = files.filter(file => file.contentType === 'text/csv');

	test('is CSV with a header and as many fields in each row', () => {
		expect(csvFiles.length).toBeGreaterThan(10_000);
		for (const file of csvFiles) {
			const [header, ...rows] = text(file).trimEnd().split('\n');
			const width = header!.split(',').length;
			expect(rows.length, file.fileName).toBeGreaterThan(0);
			expect(rows.every(row => row.split(',').length === width)).toBe(true);
		}
	});

	test('is JSON that parses, with the values of the CSV', () => {
		const jsonFiles = files.filter(file => file.contentType === 'application/json');
		expect(jsonFiles.length).toBeGreaterThan(0);
		for (const file of jsonFiles) JSON.parse(text(file));
		const iowa = jsonFiles.find(file => file.fileName === 'Iowa net generation.json')!;
		expect(JSON.parse(text(iowa))[0]).toEqual({
			year: '2001-01-01',
			source: 'Fossil Fuels',
			net_generation: 35361,
		});
	});

	test('is a JPEG of 1024 by 788 pixels', () => {
		const jpegs = files.filter(file => file.contentType === 'image/jpeg');
		expect(jpegs.map(file => jpegSize(file.bytes))).toEqual([{width: 1024, height: 788}]);
	});

	test('is a PDF whose cross-reference table is where its end says', () => {
		const pdfs = files.filter(file => file.contentType === 'application/pdf');
		expect(pdfs).toHaveLength(1);
		const pdf = new TextDecoder('latin1').decode(pdfs[0]!.bytes);
		expect(pdf).toMatch(/^%PDF-1\.\d/);
		const offset = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf)?.[1];
		expect(pdf.slice(Number(offset), Number(offset) + 4)).toBe('xref');
	});

	test('is text in UTF-8', () => {
		const texts = files.filter(file => file.contentType?.startsWith('text/'));
		for (const file of texts) expect(text(file).endsWith('\n'), file.fileName).toBe(true);
	});

	test('was modified at a time of the past, in ISO 8601', () => {
		for (const {modified} of files) {
			expect(new Date(modified).toISOString()).toBe(modified);
			expect(Date.parse(modified)).toBeLessThan(Date.UTC(2026, 10, 22));
		}
	});

	test('loses no row of the daily and hourly weather', () => {
		const rows = (path: RegExp) =>
			files
				.filter(file => path.test(file.path.join('/')))
				.reduce((total, file) => total + text(file).trimEnd().split('\n').length - 1, 0);
		expect(rows(/^weather\/daily/)).toBe(2922);
		expect(rows(/^weather\/hourly normals$/)).toBe(8759);
	});
});

describe('the windows of the sensor study', () => {
	test('are 10,000 files of different names and times', () => {
		expect(windows).toHaveLength(10_000);
		expect(new Set(windows.map(file => file.fileName)).size).toBe(10_000);
		expect(new Set(windows.map(file => file.modified)).size).toBe(2500);
	});

	test('come in the order of their names', () => {
		const names = windows.map(file => file.fileName);
		expect(names.toSorted()).toEqual(names);
	});

	test('hold the twelve readings from the one in the name on', () => {
		for (const [index, file] of windows.entries()) {
			const lines = text(file).trimEnd().split('\n').slice(1);
			const [, mote, first] = /^mote-(\d)-(\d{4})\.csv$/.exec(file.fileName)!;
			expect(Number(first)).toBe((index % 2500) + 1);
			expect(lines.map(line => line.split(',').slice(0, 2).map(Number))).toEqual(
				Array.from({length: 12}, (_, offset) => [Number(first) + offset, Number(mote)]),
			);
		}
	});
});

test('NOTICE has a source, a licence and the changes for every data file', () => {
	const notice = new TextDecoder().decode(readData('NOTICE.md'));
	const sections = new Map(
		notice
			.split('\n## ')
			.slice(1)
			.map(section => [section.split('\n', 1)[0]!, section]),
	);
	const data = readdirSync(new URL('../../../src/local-exchange/sample/data/', import.meta.url));
	expect([...sections.keys()].sort()).toEqual(data.filter(name => name !== 'NOTICE.md').sort());
	for (const [name, section] of sections) {
		expect(section, name).toMatch(/^- Licence: ./m);
		if (name === 'data-sheet.pdf') continue;
		expect(section, name).toMatch(/^- Source: .*https?:\/\//m);
		expect(section, name).toMatch(/^- Changed: ./m);
	}
});

/** Walks a JPEG's segments to its first frame header. */
function jpegSize(bytes: Uint8Array) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	expect(view.getUint16(0)).toBe(0xffd8);
	expect(view.getUint16(bytes.length - 2)).toBe(0xffd9);
	let offset = 2;
	while (![0xffc0, 0xffc1, 0xffc2].includes(view.getUint16(offset))) offset += 2 + view.getUint16(offset + 2);
	return {height: view.getUint16(offset + 5), width: view.getUint16(offset + 7)};
}
