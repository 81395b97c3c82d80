import {describe, expect, test} from 'vitest';
import {type Confirmation, confirm, type UploadEvent} from '../../src/exchange/confirm.ts';
import {defaultPatience} from '../../src/exchange/endpoint.ts';
import {ShellError} from '../../src/shell/errors.ts';
import type {FileDetails} from '../../src/shell/ports.ts';

const file = (s3ConfirmedUpload: boolean): FileDetails => ({
	objectType: 'FILE',
	dataStoreFileId: 'f',
	name: 'a',
	fileExtension: null,
	storageSizeBytes: s3ConfirmedUpload ? 3 : null,
	s3ConfirmedUpload,
	lastModified: null,
	dataStoreId: 's',
	dataStoreDirectoryId: 'd',
	description: null,
	contentType: null,
	ownerUserId: null,
});

/** An Exchange that is asked once before `listen`, and then, as its pauses are endless, only when woken. */
function exchange(answers: (FileDetails | ShellError)[]) {
	const listening = Promise.withResolvers<{live: () => void; event: (event: UploadEvent) => void}>();
	let stopped = false;
	let looks = 0;
	const confirmation: Confirmation = {
		get: async () => {
			const answer = answers[looks++];
			if (!answer) throw new Error('asked too often');
			if (answer instanceof ShellError) throw answer;
			return answer;
		},
		listen: (_uploadId, on) => {
			listening.resolve(on);
			return () => {
				stopped = true;
			};
		},
		uploadId: 'u',
		size: 3,
		patience: {...defaultPatience, backoff: 1e8},
		signal: undefined,
	};
	return {confirmation, listening: listening.promise, looks: () => looks, stopped: () => stopped};
}

const done: UploadEvent = {httpStatusCode: 200, errorMessage: null};

describe('a confirmation', () => {
	test('that is there at once needs no events', async () => {
		const {confirmation, looks} = exchange([file(true)]);
		const listen = () => {
			throw new Error('listened');
		};
		expect(await confirm({...confirmation, listen})).toEqual(file(true));
		expect(looks()).toBe(1);
	});

	test('is looked for as soon as no event is missed any more', async () => {
		const {confirmation, listening, stopped} = exchange([file(false), file(true)]);
		const confirmed = confirm(confirmation);
		(await listening).live();
		expect(await confirmed).toEqual(file(true));
		expect(stopped()).toBe(true);
	});

	test('is looked for when the event comes', async () => {
		const {confirmation, listening, looks} = exchange([file(false), file(true)]);
		const confirmed = confirm(confirmation);
		(await listening).event(done);
		await confirmed;
		expect(looks()).toBe(2);
	});

	test.each<[UploadEvent, string]>([
		[{httpStatusCode: 400, errorMessage: 'virus\nfound'}, 'the Exchange refused the bytes (virus found)'],
		[{httpStatusCode: 500, errorMessage: null}, 'the Exchange refused the bytes (500)'],
	])('is refused by %j', async (event, message) => {
		const {confirmation, listening, stopped} = exchange([file(false)]);
		const confirmed = confirm(confirmation);
		(await listening).event(event);
		await expect(confirmed).rejects.toMatchObject({code: 'failed', message});
		expect(stopped()).toBe(true);
	});

	test('survives an Exchange that cannot be asked for a moment', async () => {
		const {confirmation, listening} = exchange([new ShellError('throttled', 'slow down'), file(true)]);
		const confirmed = confirm(confirmation);
		(await listening).live();
		expect(await confirmed).toEqual(file(true));
	});

	test('ends when the file is gone', async () => {
		const {confirmation} = exchange([new ShellError('not-found', 'gone')]);
		await expect(confirm(confirmation)).rejects.toMatchObject({code: 'not-found'});
	});

	test('is not waited for after an abort', async () => {
		const stop = new AbortController();
		const {confirmation, listening, stopped} = exchange([
			file(false),
			new ShellError('cancelled', 'cancelled'),
		]);
		const confirmed = confirm({...confirmation, signal: stop.signal});
		await listening;
		stop.abort();
		await expect(confirmed).rejects.toMatchObject({code: 'cancelled'});
		expect(stopped()).toBe(true);
	});
});
