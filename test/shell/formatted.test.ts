import {describe, expect, test} from 'vitest';
import type {Column, Output} from '../../src/shell/command.ts';
import {formatted} from '../../src/shell/formatted.ts';

const columns: readonly Column[] = [{field: 'a', as: 'text'}];
const rows: Output = {kind: 'records', records: [{a: 1}], columns, layout: 'table'};
const note: Output = {kind: 'note', text: 'n'};

describe('formatted', () => {
	test('without a format leaves outputs alone', () => {
		expect(formatted(undefined)(rows)).toBe(rows);
	});

	test('marks data as JSON, and no narration', () => {
		const present = formatted('json');
		expect(present(rows)).toEqual({...rows, json: true});
		expect(present({kind: 'text', text: 'x'})).toEqual({kind: 'text', text: 'x', json: true});
		expect(present(note)).toBe(note);
	});

	test('CSV has its header once, and again for other columns', () => {
		const present = formatted('csv');
		const other: Output = {...rows, columns: [{field: 'b', as: 'text'}]};
		const headers = [rows, rows, other, other, rows].map(output => present(output));
		expect(headers).toMatchObject([
			{csv: true, headers: true},
			{csv: true, headers: false},
			{csv: true, headers: true},
			{csv: true, headers: false},
			{csv: true, headers: true},
		]);
		expect(present(note)).toBe(note);
	});

	test('what a person is not shown has a CSV column for each field that a cell holds', () => {
		const silent: Output = {
			kind: 'records',
			records: [
				{a: 1, b: null, c: {d: 1}},
				{a: 2, e: 'x'},
			],
			columns: [],
			layout: 'fields',
		};
		expect(formatted('csv')(silent)).toMatchObject({
			columns: [{field: 'a'}, {field: 'b'}, {field: 'e'}],
			csv: true,
			headers: true,
		});
		expect(formatted('csv')({...silent, records: []})).toMatchObject({headers: false});
	});

	test('text is a CSV table of one column', () => {
		expect(formatted('csv')({kind: 'text', text: 'a\nb\n'})).toEqual({
			kind: 'records',
			records: [{text: 'a\nb'}],
			columns: [{field: 'text', as: 'text'}],
			layout: 'table',
			csv: true,
			headers: true,
		});
	});
});
