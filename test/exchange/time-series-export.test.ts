import type {IncomingMessage, ServerResponse} from 'node:http';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {ExportFile, ExportRequest} from '../../src/shell/time-series.ts';
import {failure} from './failure.ts';
import {type FakeEvents, fakeEvents} from './fake-events.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {queue} from './fake-realtime.ts';
import {cancelDone, database} from './sql-answers.ts';

let fake: FakeExchange;
let events: FakeEvents;
/** Export mutations as they come. */
let mutations: ReturnType<typeof queue<Asked>>;
/** What the Exchange says when it is asked for the file; by default it says that it is there. */
let onGenerate: (asked: Asked) => Reply | undefined;
let queryReply: (asked: Asked) => Reply;
let bytes: (request: IncomingMessage, response: ServerResponse, attempt: number) => void;
afterEach(() => fake.close());

const content = Buffer.from('assetId,name,timestamp,kW\na,A,2026-01-01T00:00:00Z,1.0\n'.repeat(1000));
const generated: Reply = {body: {data: {timeSeriesDb_generateQueryResultExportFile: {queryId: 'q'}}}};
const tell = (more: object = {}) =>
	events.tell(
		'onNotifyTimeSeriesQueryExportComplete',
		{queryId: 'q'},
		{
			queryId: 'q',
			fileType: 'CSV',
			fileSizeBytes: content.length,
			url: fake.fileUrl,
			...more,
		},
	);
const page = (percent: number, nextToken: string | null = null, more: object = {}): Reply => ({
	body: {
		data: {
			timeSeriesDb_queryDatabase: {
				queryId: 'q',
				queryProgressPercentage: percent,
				clientToken: null,
				queryString: null,
				nextToken,
				...more,
			},
		},
	},
});
const send = (response: ServerResponse, body = content, type = 'text/csv') =>
	response.writeHead(200, {'content-type': type, 'content-length': body.length, etag: '"1"'}).end(body);
const s3Error = (response: ServerResponse, status: number, code: string) =>
	response.writeHead(status, {'content-type': 'application/xml'}).end(`<Error><Code>${code}</Code></Error>`);

beforeEach(() => {
	mutations = queue();
	events = fakeEvents();
	queryReply = () => page(100);
	onGenerate = () => {
		tell();
		return undefined;
	};
	bytes = (_request, response) => send(response);
});

const open = async (patience = {}) => {
	fake = await fakeExchange(
		asked => {
			if (asked.operationName === 'PeriodQuery') return queryReply(asked);
			if (asked.operationName === 'CancelQuery') return cancelDone;
			mutations.push(asked);
			return onGenerate(asked) ?? generated;
		},
		(request, response, attempt) => bytes(request, response, attempt),
		events.onPeer,
	);
	return fake.connect(patience).timeSeries;
};
const request = (more: Partial<ExportRequest> = {}): ExportRequest => ({
	database,
	assets: [
		{assetId: 'a', attributeNames: ['kW', 'kV']},
		{assetId: 'b', attributeNames: []},
	],
	from: Date.UTC(2026, 0, 1),
	to: Date.UTC(2026, 0, 2),
	format: 'CSV',
	...more,
});
const text = async ({body}: ExportFile) => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
};
const cancels = () => fake.operations().filter(name => name === 'CancelQuery').length;

describe('the whole flow', () => {
	test('all pages are read, then the file is asked for, once its word can be heard', async () => {
		queryReply = ({attempt}) =>
			[page(30, 'one', {clientToken: 'c', queryString: 'their query'}), page(60, 'two'), page(100)].at(
				attempt - 1,
			)!;
		let listening = 0;
		onGenerate = () => {
			listening = events.listeners().length;
			tell();
			return undefined;
		};
		const series = await open();
		const progress: string[] = [];
		const file = await series.exportFile(
			request({onProgress: (stage, percent) => progress.push(`${stage} ${percent}`)}),
		);
		expect(file.size).toBe(content.length);
		expect(await text(file)).toBe(content.toString());
		const asked = {
			timeSeriesDbId: database.timeSeriesDbId,
			assets: [{assetId: 'a', attributeNamesFilter: ['kW', 'kV']}, {assetId: 'b'}],
			startTime: '2026-01-01T00:00:00.000Z',
			endTime: '2026-01-02T00:00:00.000Z',
		};
		expect(fake.asked.map(({variables}) => variables)).toEqual([
			asked,
			{...asked, nextToken: 'one', clientToken: 'c', queryString: 'their query'},
			{...asked, nextToken: 'two', clientToken: 'c', queryString: 'their query'},
			{timeSeriesDbId: database.timeSeriesDbId, queryId: 'q', fileFormat: 'CSV'},
		]);
		expect(listening).toBe(1);
		expect(progress).toEqual(['query 30', 'query 60', 'query 100', 'file 0', 'file 100']);
		expect((await events.nextStop()).variables).toEqual({queryId: 'q'});
		expect(fake.transfers[0]).not.toHaveProperty('authorization');
		expect(cancels()).toBe(0);
	});

	test('150 pages are no fragment', async () => {
		queryReply = ({attempt}) => page(attempt / 1.5, attempt < 150 ? `token ${attempt}` : null);
		const series = await open();
		await text(await series.exportFile(request()));
		expect(fake.operations().filter(name => name === 'PeriodQuery')).toHaveLength(150);
	});

	test('a word that comes before the answer to the mutation counts', async () => {
		const series = await open();
		onGenerate = () => {
			tell();
			return 'hang';
		};
		expect(await text(await series.exportFile(request()))).toBe(content.toString());
	});

	test('the word of another format is not ours', async () => {
		onGenerate = () => {
			tell({fileType: 'JSON', url: 'http://127.0.0.1:1/other'});
			tell();
			return undefined;
		};
		const series = await open();
		expect(await text(await series.exportFile(request()))).toBe(content.toString());
	});

	test('a file of unknown size comes whole', async () => {
		onGenerate = () => {
			tell({fileSizeBytes: null});
			return undefined;
		};
		bytes = (_request, response) => {
			response.writeHead(200);
			response.write(content);
			response.end();
		};
		const series = await open();
		const file = await series.exportFile(request());
		expect([file.size, await text(file)]).toEqual([null, content.toString()]);
	});

	test('an empty file is one', async () => {
		onGenerate = () => {
			tell({fileSizeBytes: 0});
			return undefined;
		};
		bytes = (_request, response) => send(response, Buffer.alloc(0));
		const series = await open();
		expect(await text(await series.exportFile(request()))).toBe('');
	});
});

describe('a connection that drops', () => {
	test('while the file is awaited: after the next acknowledgement and some silence it is asked for again', async () => {
		onGenerate = ({attempt}) => {
			if (attempt === 1) events.peers[0]!.drop();
			else tell();
			return undefined;
		};
		const series = await open({exportFile: 2000});
		expect(await text(await series.exportFile(request()))).toBe(content.toString());
		expect(fake.operations().filter(name => name === 'GenerateExport')).toHaveLength(2);
	});

	test('and its word comes on the next one: nothing is asked for twice', async () => {
		onGenerate = () => {
			events.peers[0]!.drop();
			return undefined;
		};
		const series = await open();
		const file = series.exportFile(request());
		await events.nextListener();
		await events.nextListener();
		tell();
		expect(await text(await file)).toBe(content.toString());
		expect(fake.operations().filter(name => name === 'GenerateExport')).toHaveLength(1);
	});

	test('under the mutation: it is sent again', async () => {
		onGenerate = ({attempt}) => {
			if (attempt === 1) return 'drop';
			tell();
			return undefined;
		};
		const series = await open();
		expect(await text(await series.exportFile(request()))).toBe(content.toString());
	});

	test('in the middle of the file: it goes on where it broke', async () => {
		bytes = ({headers: {range}, socket}, response, attempt) => {
			const start = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
			const part = content.subarray(start);
			response.writeHead(range ? 206 : 200, {
				etag: '"1"',
				'content-length': part.length,
				...(range && {'content-range': `bytes ${start}-${content.length - 1}/${content.length}`}),
			});
			if (attempt === 1) response.write(part.subarray(0, 20_000), () => socket.destroy());
			else response.end(part);
		};
		const series = await open();
		expect(await text(await series.exportFile(request()))).toBe(content.toString());
		expect(fake.transfers).toHaveLength(2);
	});
});

describe('what goes wrong', () => {
	const failing = async (more: Partial<ExportRequest> = {}, patience = {}) => {
		const series = await open(patience);
		return failure(series.exportFile(request(more)).then(text));
	};

	test('a word that never comes is a timeout that says what may still be', async () => {
		onGenerate = () => undefined;
		const error = await failing({}, {exportFile: 100});
		expect([error.code, error.message]).toEqual([
			'timeout',
			expect.stringContaining('the export may still be running'),
		]);
		expect((await events.nextStop()).variables).toEqual({queryId: 'q'});
		expect(cancels()).toBe(1);
	});

	test('page 7 of the query fails: no file is asked for, the query is cancelled', async () => {
		queryReply = ({attempt}) =>
			attempt < 7
				? page(attempt, `token ${attempt}`)
				: {body: {data: null, errors: [{message: 'out of order'}]}};
		const error = await failing();
		expect(error.message).toBe('out of order');
		expect(fake.operations().slice(-2)).toEqual(['PeriodQuery', 'CancelQuery']);
	});

	test('the Exchange refuses to write the file', async () => {
		onGenerate = () => ({body: {data: null, errors: [{message: 'Unauthorized'}]}});
		expect((await failing()).code).toBe('denied');
		expect(cancels()).toBe(1);
	});

	test('the Exchange refuses to tell of it', async () => {
		events = fakeEvents(() => 'Unauthorized');
		expect((await failing()).code).toBe('denied');
		expect(fake.operations()).toEqual(['PeriodQuery', 'CancelQuery']);
	});

	test.each<[string, Reply]>([
		['null', {body: {data: {timeSeriesDb_queryDatabase: null}}}],
		['no id', page(100, null, {queryId: null})],
	])('an answer to the query with %s', async (_case, reply) => {
		queryReply = () => reply;
		expect((await failing()).message).toBe('Feeders: the Exchange did not take the query');
	});

	test('a token that leads round in a circle', async () => {
		queryReply = () => page(50, 'same');
		expect((await failing()).message).toContain('again and again');
		expect(cancels()).toBe(1);
	});

	test.each([
		[404, 'NoSuchKey', 'not-found', 'the file store does not have the bytes (404 NoSuchKey)'],
		[400, 'InvalidRequest', 'failed', 'the file store refused the transfer (400 InvalidRequest)'],
	])('S3’s error %i %s is never the file', async (status, code, expected, message) => {
		bytes = (_request, response) => s3Error(response, status, code);
		const error = await failing();
		expect([error.code, error.message]).toEqual([expected, message]);
		expect(cancels()).toBe(1);
	});

	test('an expired URL: the file is asked for once more', async () => {
		bytes = (_request, response, attempt) =>
			attempt === 1 ? s3Error(response, 403, 'AccessDenied') : send(response);
		const series = await open();
		expect(await text(await series.exportFile(request()))).toBe(content.toString());
		expect(fake.operations().filter(name => name === 'GenerateExport')).toHaveLength(2);
	});

	test.each([
		'<!DOCTYPE html><html>',
		'\ufeff\n<html lang="en">',
		'<?xml version="1.0"?><Error><Code>X</Code></Error>',
	])('%j in place of the file', async page => {
		bytes = (_request, response) => send(response, Buffer.from(page), 'text/html');
		onGenerate = () => {
			tell({fileSizeBytes: null});
			return undefined;
		};
		const error = await failing();
		expect([error.code, error.message]).toEqual([
			'failed',
			'the file store sent a web page in place of the CSV file',
		]);
	});

	test('a file that is not as long as announced', async () => {
		onGenerate = () => {
			tell({fileSizeBytes: 5});
			return undefined;
		};
		expect((await failing()).message).toBe(
			`the file store has ${content.length} bytes, the Exchange announced 5`,
		);
	});

	test('a URL that is none', async () => {
		onGenerate = () => {
			tell({url: 'ftp://somewhere/file'});
			return undefined;
		};
		expect((await failing()).message).toContain('gave a URL for the bytes that is not safe');
	});
});

describe('an abort', () => {
	const abortAt = async (start: (stop: AbortController) => void) => {
		const stop = new AbortController();
		start(stop);
		const series = await open();
		const error = await failure(series.exportFile(request(), {signal: stop.signal}).then(text));
		expect(error.code).toBe('cancelled');
	};

	test('before anything asks nothing', async () => {
		await abortAt(stop => stop.abort());
		expect(fake.asked).toEqual([]);
	});

	test('while the query runs cancels it', async () => {
		await abortAt(stop => {
			queryReply = ({attempt}) => {
				if (attempt === 1) return page(1, 'next');
				setImmediate(() => stop.abort());
				return 'hang';
			};
		});
		expect(cancels()).toBe(1);
		expect(events.listeners()).toEqual([]);
	});

	test('while the file is awaited cancels, and listens no more', async () => {
		await abortAt(stop => {
			onGenerate = () => {
				setImmediate(() => stop.abort());
				return undefined;
			};
		});
		expect(cancels()).toBe(1);
		await events.nextStop();
		expect(events.listeners()).toEqual([]);
	});

	test('while the file comes ends it, and cancels', async () => {
		await abortAt(stop => {
			bytes = (_request, response) => {
				response.writeHead(200, {'content-length': content.length});
				response.write(content.subarray(0, 1000));
				setImmediate(() => stop.abort());
			};
		});
		expect(cancels()).toBe(1);
	});

	test('leaving the body early cancels, too', async () => {
		const series = await open();
		const {body} = await series.exportFile(request());
		for await (const _chunk of body) break;
		expect(cancels()).toBe(1);
	});
});
