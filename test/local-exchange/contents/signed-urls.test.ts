import {randomBytes} from 'node:crypto';
import {expect, test} from 'vitest';
import {signedUrls} from '../../../src/local-exchange/contents/signed-urls.ts';

const start = Date.parse('2026-11-21T12:00:00Z');
let now = start;
const key = randomBytes(32);
const urls = signedUrls(key, 'http://127.0.0.1:1', () => now);

test('a URL holds for 15 minutes', () => {
	now = start;
	const url = new URL(urls.sign('GET', '/objects/x'));
	now = start + 900_000 - 1;
	expect(urls.check('GET', url)).toBe('valid');
	now = start + 900_000;
	expect(urls.check('GET', url)).toBe('expired');
	now = start;
});

test('a URL holds for one method, path and time only', () => {
	const signed = urls.sign('GET', '/objects/x');
	const changed = (change: (url: URL) => void) => {
		const url = new URL(signed);
		change(url);
		return urls.check('GET', url);
	};
	expect(urls.check('PUT', new URL(signed))).toBe('forged');
	expect(changed(url => (url.pathname = '/objects/y'))).toBe('forged');
	expect(changed(url => url.searchParams.set('X-Amz-Expires', '999999'))).toBe('forged');
	expect(changed(url => url.searchParams.set('X-Amz-Date', '20990101T000000Z'))).toBe('forged');
	expect(changed(url => url.searchParams.set('X-Amz-Signature', ''))).toBe('forged');
	expect(changed(url => url.searchParams.set('X-Amz-Signature', '00'.repeat(32)))).toBe('forged');
	expect(changed(url => url.searchParams.delete('X-Amz-Signature'))).toBe('unsigned');
	expect(changed(url => (url.search = ''))).toBe('unsigned');
});

test('a URL of another key is forged', () => {
	const other = signedUrls(randomBytes(32), 'http://127.0.0.1:1', () => now);
	expect(urls.check('GET', new URL(other.sign('GET', '/objects/x')))).toBe('forged');
});
