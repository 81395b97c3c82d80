import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fileName, parsePath, relativePath, splitFileName} from '../../src/shell/paths.ts';

test.each<[whole: string, name: string, fileExtension: string]>([
	['a.tar.gz', 'a', 'tar.gz'],
	['.gitignore', '', 'gitignore'],
	['LICENSE', 'LICENSE', ''],
	['readme.txt', 'readme', 'txt'],
])('%s splits at the first dot', (whole, name, fileExtension) => {
	expect(splitFileName(whole)).toEqual({name, fileExtension});
	expect(fileName({name, fileExtension})).toBe(whole);
});

test('a missing extension adds no dot', () => {
	expect(fileName({name: 'LICENSE', fileExtension: null})).toBe('LICENSE');
});

test('a name that does not end at its first dot survives splitting and joining', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'binary'}).filter(whole => whole.indexOf('.') !== whole.length - 1 || whole === ''),
			whole => fileName(splitFileName(whole)) === whole,
		),
	);
});

describe('a path starts', () => {
	test.each<[path: string, start: object, names: string[], slash: boolean]>([
		['', {from: 'here'}, [], false],
		['a/b', {from: 'here'}, ['a', 'b'], false],
		['a//./b/', {from: 'here'}, ['a', 'b'], true],
		['..', {from: 'here'}, ['..'], true],
		['a/..', {from: 'here'}, ['a', '..'], true],
		['a..', {from: 'here'}, ['a..'], false],
		['/', {from: 'root'}, [], true],
		['/a', {from: 'root'}, ['a'], false],
		['~', {from: 'root'}, [], false],
		['~/a', {from: 'root'}, ['a'], false],
		['~a', {from: 'here'}, ['~a'], false],
		['Campus study:/a/b', {from: 'store', name: 'Campus study'}, ['a', 'b'], false],
		['Campus study:', {from: 'store', name: 'Campus study'}, [], true],
		['a:b', {from: 'here'}, ['a:b'], false],
		['./a:/b', {from: 'here'}, ['a:', 'b'], false],
		['x/a:/b', {from: 'here'}, ['x', 'a:', 'b'], false],
		['id:dataStoreFileId.1', {from: 'file-id', id: 'dataStoreFileId.1'}, [], false],
		['id:dataStoreDirectoryId.1/a', {from: 'directory-id', id: 'dataStoreDirectoryId.1'}, ['a'], false],
		['id:dataStoreId.1:/a', {from: 'store-id', id: 'dataStoreId.1'}, ['a'], false],
		['id:x', {from: 'unknown-id', id: 'x'}, [], false],
		['./id:x', {from: 'here'}, ['id:x'], false],
	])('%j', (path, start, names, slash) => {
		expect(parsePath(path)).toEqual({start, names, slash});
	});
});

test('a name of a listing, made a relative path, means that name', () => {
	const name = fc
		.oneof(
			fc.string({unit: 'binary'}),
			fc.constantFrom('-', '~', 'id:dataStoreFileId.1', 'a:', '-rf', '~x', '...'),
		)
		.filter(text => text !== '' && text !== '.' && text !== '..' && !text.includes('/'));
	fc.assert(
		fc.property(name, text => {
			const path = relativePath(text);
			expect(parsePath(path)).toMatchObject({start: {from: 'here'}, names: [text]});
			expect(path.startsWith('-')).toBe(false);
		}),
	);
});
