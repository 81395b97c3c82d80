import {afterEach, describe, expect, test, vi} from 'vitest';
import type {RenewToken} from '../../src/exchange/token-source.ts';
import type {ShellError} from '../../src/shell/errors.ts';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {
	collaborativeRow,
	collaboratives,
	data,
	serviceRow,
	services,
	shared,
	storeRow,
} from './sharing-answers.ts';

let fake: FakeExchange;
afterEach(async () => {
	vi.useRealTimers();
	await fake.close();
});

const fresh = 'a-fresh-token-nobody-may-see';
const rejection: Reply = {
	status: 401,
	body: {
		errors: [{errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.'}],
	},
};

/** An Exchange that lets in those with `good` alone. */
const open = async (
	renewToken: RenewToken | undefined,
	{
		answer = () => data({storage_listDataStores: [storeRow('a')]}),
		good = [fresh],
		bytes,
	}: {
		answer?: (asked: Asked) => Reply | Promise<Reply>;
		good?: readonly string[];
		bytes?: Parameters<typeof fakeExchange>[1];
	} = {},
) => {
	fake = await fakeExchange(
		asked => (good.includes(asked.headers.authorization ?? '') ? answer(asked) : rejection),
		bytes,
	);
	return fake.connect({}, renewToken);
};
const tokensUsed = () => fake.asked.map(({headers}) => headers.authorization);

/** Its answer when the test says so. */
function patient() {
	const answer = Promise.withResolvers<string | undefined>();
	const asked = Promise.withResolvers<void>();
	const reasons: ShellError[] = [];
	const renewToken: RenewToken = why => {
		reasons.push(why);
		asked.resolve();
		return answer.promise;
	};
	return {renewToken, answer: answer.resolve, asked: asked.promise, reasons};
}

describe('with a token to go on with', () => {
	test('a query refused for its token is sent again, and the new one stays in use', async () => {
		const renewToken = vi.fn(async (_why: ShellError) => fresh);
		const exchange = await open(renewToken);
		expect(await exchange.listDataStores()).toHaveLength(1);
		await exchange.listDataStores({maxAge: 0});
		expect(tokensUsed()).toEqual([fake.token, fresh, fresh]);
		expect(renewToken).toHaveBeenCalledTimes(1);
		expect(renewToken.mock.calls[0]?.[0]).toMatchObject({code: 'unauthorized'});
	});

	test('the same for a refusal that comes with status 200', async () => {
		fake = await fakeExchange(({headers}) =>
			headers.authorization === fresh
				? data({storage_listDataStores: []})
				: {body: {data: null, errors: [{errorType: 'UnauthorizedException', message: 'no'}]}},
		);
		expect(await fake.connect({}, async () => fresh).listDataStores()).toEqual([]);
	});

	test('a mutation is sent again, once', async () => {
		const exchange = await open(async () => fresh, {answer: shared});
		await exchange.sharing.share({
			collaborativeId: 'c',
			serviceId: 'dataStoreId.a',
			serviceType: 'DATA_STORE',
		});
		expect(fake.operations()).toEqual(['Share', 'Share']);
		expect(tokensUsed()).toEqual([fake.token, fresh]);
	});

	test('all that are refused at the same time ask for one together', async () => {
		const {renewToken, answer, asked, reasons} = patient();
		const exchange = await open(renewToken, {
			answer: ({operationName}) =>
				operationName === 'ListServices'
					? services(serviceRow('DATA_STORE', 'x'))
					: collaboratives(collaborativeRow('a')),
		});
		const calls = [
			exchange.sharing.listCollaboratives(),
			exchange.sharing.listServices('1'),
			exchange.sharing.listServices('2'),
		];
		await asked;
		await expect.poll(() => fake.asked.length).toBe(3);
		answer(fresh);
		await Promise.all(calls);
		expect(reasons).toHaveLength(1);
		expect(tokensUsed()).toEqual([fake.token, fake.token, fake.token, fresh, fresh, fresh]);
	});

	test('one refused for the old token after the renewal asks for nothing', async () => {
		const held = Promise.withResolvers<void>();
		const renewToken = vi.fn(async () => fresh);
		fake = await fakeExchange(async ({headers, operationName}) => {
			if (headers.authorization === fresh) {
				return operationName === 'ListServices' ? services() : data({storage_listDataStores: []});
			}
			if (operationName === 'ListServices') await held.promise;
			return rejection;
		});
		const exchange = fake.connect({}, renewToken);
		const late = exchange.sharing.listServices('c');
		await expect.poll(() => fake.operations()).toEqual(['ListServices']);
		await exchange.listDataStores();
		held.resolve();
		expect(await late).toEqual([]);
		expect(renewToken).toHaveBeenCalledTimes(1);
	});

	test('a second refusal is final', async () => {
		const exchange = await open(async () => 'another-wrong-token', {good: []});
		const error = await failure(exchange.listDataStores());
		expect(error.code).toBe('unauthorized');
		expect(fake.asked).toHaveLength(2);
	});

	test('what quotes a token, old or new, tells none', async () => {
		const exchange = await open(async () => fresh, {
			answer: () => ({
				body: {data: null, errors: [{message: `no store for ${fake.token} or ${fresh}`}]},
			}),
		});
		const error = await failure(exchange.listDataStores());
		expect(error.message).toBe('no store for … or …');
		expect(JSON.stringify(exchange.client.cache.extract(true))).not.toContain(fresh);
	});

	test('it never goes to where the bytes are', async () => {
		const exchange = await open(async () => fresh, {
			answer: () => data({storage_getDataStoreFileDownloadUrl: {url: fake.fileUrl}}),
			bytes: (_request, response) => response.end('bytes'),
		});
		const {body} = await exchange.download({dataStoreFileId: 'f'});
		for await (const _chunk of body);
		expect(tokensUsed()).toEqual([fake.token, fresh]);
		expect(fake.transfers).toHaveLength(1);
		expect(JSON.stringify(fake.transfers)).not.toContain(fresh);
		expect(fake.transfers[0]?.authorization).toBeUndefined();
	});
});

describe('without one', () => {
	test('nobody to ask: it fails as it is', async () => {
		const exchange = await open(undefined);
		expect((await failure(exchange.listDataStores())).code).toBe('unauthorized');
		expect(fake.asked).toHaveLength(1);
	});

	test.each<[string, string | undefined]>([
		['none', undefined],
		['the refused one again', 'a-token-nobody-may-see'],
		['an empty one', ''],
		['one that cannot be sent', 'two\r\nlines'],
	])(
		'%s is no token: the requests fail, and it is not asked for again in the same burst',
		async (_name, given) => {
			const renewToken = vi.fn(async () => given);
			const exchange = await open(renewToken);
			const errors = await Promise.all([
				failure(exchange.listDataStores()),
				failure(exchange.sharing.listServices('c')),
			]);
			errors.push(await failure(exchange.listDataStores()));
			expect(errors.map(({code}) => code)).toEqual(['unauthorized', 'unauthorized', 'unauthorized']);
			expect(renewToken).toHaveBeenCalledTimes(1);
			expect(fake.asked).toHaveLength(3);
		},
	);

	test('later work asks again', async () => {
		vi.useFakeTimers({toFake: ['Date'], now: 0});
		const answers = [undefined, fresh];
		const renewToken = vi.fn(async () => answers.shift());
		const exchange = await open(renewToken);
		await failure(exchange.listDataStores());
		vi.setSystemTime(900);
		await failure(exchange.listDataStores());
		vi.setSystemTime(1800);
		await failure(exchange.listDataStores());
		expect(renewToken).toHaveBeenCalledTimes(1);
		vi.setSystemTime(3000);
		expect(await exchange.listDataStores()).toHaveLength(1);
		expect(renewToken).toHaveBeenCalledTimes(2);
	});

	test('where nobody could be asked, the next one asks', async () => {
		const renewToken = vi.fn(async (why: Error): Promise<string> => {
			if (renewToken.mock.calls.length === 1) throw why;
			return fresh;
		});
		const exchange = await open(renewToken);
		expect((await failure(exchange.listDataStores())).message).toMatch(/token is wrong or has expired/);
		expect(await exchange.listDataStores()).toHaveLength(1);
		expect(renewToken).toHaveBeenCalledTimes(2);
	});

	test('why it could not be had is what the requests fail with', async () => {
		const exchange = await open(async () => {
			throw new Error('password_command: exit 1');
		});
		expect((await failure(exchange.listDataStores())).message).toBe('password_command: exit 1');
	});
});

describe('an aborted request', () => {
	test('that is a query does not wait for the token, and is not sent again', async () => {
		const {renewToken, answer, asked} = patient();
		const exchange = await open(renewToken);
		const stop = new AbortController();
		const call = failure(exchange.listDataStores({signal: stop.signal}));
		await asked;
		stop.abort();
		expect((await call).code).toBe('cancelled');
		answer(fresh);
		await exchange.sharing.listServices('c').catch(() => {});
		expect(fake.operations()).toEqual(['ListDataStores', 'ListServices']);
	});

	test('that is a mutation is not done after all', async () => {
		const {renewToken, answer, asked} = patient();
		const exchange = await open(renewToken);
		const stop = new AbortController();
		const share = {collaborativeId: 'c', serviceId: 's', serviceType: 'DATA_STORE'};
		const call = failure(exchange.sharing.share(share, {signal: stop.signal}));
		await asked;
		stop.abort();
		expect((await call).code).toBe('cancelled');
		answer(fresh);
		await exchange.listDataStores();
		expect(fake.operations().filter(name => name === 'Share')).toHaveLength(1);
	});

	test('that is an upload ends at once, and leaves no record', async () => {
		const {renewToken, answer, asked} = patient();
		const exchange = await open(renewToken);
		const stop = new AbortController();
		const upload = exchange.upload(
			{
				dataStoreId: 's',
				dataStoreDirectoryId: 'd',
				fileName: 'a.txt',
				size: 0,
				body: async function* () {},
			},
			{signal: stop.signal},
		);
		const call = failure(upload);
		await asked;
		stop.abort();
		expect((await call).code).toBe('cancelled');
		answer(fresh);
		await exchange.listDataStores();
		expect(fake.operations().filter(name => name !== 'ListDataStores')).toEqual(['CreateFile']);
	});

	test('does not take the question away from the others', async () => {
		const {renewToken, answer, asked} = patient();
		const exchange = await open(renewToken);
		const stop = new AbortController();
		const leaving = failure(exchange.sharing.listServices('c', {signal: stop.signal}));
		const staying = exchange.listDataStores();
		await asked;
		stop.abort();
		await leaving;
		answer(fresh);
		expect(await staying).toHaveLength(1);
	});
});
