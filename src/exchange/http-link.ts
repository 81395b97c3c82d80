import {ApolloLink, Observable} from '@apollo/client';
import {print} from '@apollo/client/utilities';
import {ShellError} from '../shell/errors.ts';
import type {Endpoint} from './endpoint.ts';
import {cancelled, networkFault, statusFault, timeoutFault} from './faults.ts';
import {answerTo, type Wire} from './wire.ts';

/** An answer may be this long, bytes: 50 times what AppSync sends at most. */
const maxAnswer = 256 * 1024 * 1024;

/** Posts an operation and answers with its parsed JSON. Fails with ShellErrors only. */
export function httpLink(wire: Wire, endpoint: Endpoint, timeout: number): ApolloLink {
	return new ApolloLink(
		operation =>
			new Observable(observer => {
				const controller = new AbortController();
				let ended = false;
				const {query, variables, operationName} = operation;
				const body = JSON.stringify({query: print(query), variables, operationName});
				post(wire, endpoint, body, controller, timeout)
					.finally(() => {
						ended = true;
					})
					.then(
						answer => {
							observer.next(answer);
							observer.complete();
						},
						(error: unknown) => observer.error(error),
					);
				return () => {
					if (!ended) controller.abort();
				};
			}),
	);
}

async function post(
	wire: Wire,
	endpoint: Endpoint,
	body: string,
	controller: AbortController,
	timeout: number,
): Promise<ApolloLink.Result> {
	const {url} = endpoint;
	let late = false;
	// Not AbortSignal.timeout, which stays for the whole of it behind each of 10,000 quick answers.
	const deadline = setTimeout(() => {
		late = true;
		controller.abort();
	}, timeout);
	try {
		const request = wire.open(url, {
			method: 'POST',
			headers: {
				accept: 'application/json',
				// Compressing for a process on the same machine would only cost time.
				...(url.protocol === 'https:' ? {'accept-encoding': 'gzip'} : {}),
				authorization: endpoint.token,
				'content-length': Buffer.byteLength(body),
				'content-type': 'application/json',
			},
			signal: controller.signal,
		});
		request.end(body);
		const response = await answerTo(request);
		const text = await readText(response, url.host);
		return parseAnswer(text, response.statusCode ?? 0, endpoint);
	} catch (error) {
		if (late) throw timeoutFault(url.host, timeout);
		throw controller.signal.aborted ? cancelled(error) : networkFault(url.host, error);
	} finally {
		clearTimeout(deadline);
	}
}

async function readText(
	response: AsyncIterable<Buffer> & {headers: {'content-encoding'?: string}},
	host: string,
): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of response) {
		length += chunk.length;
		if (length > maxAnswer) throw new ShellError('failed', `${host}: the answer is too long`);
		chunks.push(chunk);
	}
	const bytes = Buffer.concat(chunks, length);
	if (response.headers['content-encoding'] !== 'gzip') return bytes.toString();
	const {gunzipSync} = process.getBuiltinModule('node:zlib');
	try {
		return gunzipSync(bytes, {maxOutputLength: maxAnswer}).toString();
	} catch (error) {
		throw new ShellError('failed', `${host}: the answer is damaged`, {cause: error});
	}
}

function parseAnswer(text: string, status: number, endpoint: Endpoint): ApolloLink.Result {
	// A query that a server finds invalid comes with 400 from some, with 200 from AppSync.
	if (status !== 200 && status !== 400) throw statusFault(status, endpoint);
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		answer = undefined;
	}
	if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)) {
		return answer as ApolloLink.Result;
	}
	if (status !== 200) throw statusFault(status, endpoint);
	const what = text.trim() === '' ? 'is empty' : answer === undefined ? 'is not JSON' : 'is not GraphQL';
	throw new ShellError('failed', `${endpoint.url.host}: the answer ${what} (${status})`, {
		hint: 'check the endpoint, or try again',
	});
}
