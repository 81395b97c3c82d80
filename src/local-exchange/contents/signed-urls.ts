import {createHmac} from 'node:crypto';
import {sameText} from '../same-text.ts';

export type SignedMethod = 'GET' | 'PUT';

/** Whether a request may do what its URL says. */
export type Verdict = 'valid' | 'unsigned' | 'forged' | 'expired';

export type SignedUrls = {
	/** A URL that lets anyone who holds it do `method` on `path` for 15 minutes, and nothing else. */
	readonly sign: (method: SignedMethod, path: string) => string;
	readonly check: (method: SignedMethod, url: URL) => Verdict;
};

const lifetimeSeconds = 900;

/** `origin` is `http://host:port`; `now` in epoch ms. The parameters bear S3's names: log scrubbers know those. */
export function signedUrls(key: Buffer, origin: string, now: () => number): SignedUrls {
	const signature = (method: SignedMethod, path: string, date: string, expires: string) =>
		createHmac('sha256', key).update([method, path, date, expires].join('\n')).digest('hex');
	return {
		sign: (method, path) => {
			const url = new URL(path, origin);
			const date = amzDate(now());
			const expires = String(lifetimeSeconds);
			url.searchParams.set('X-Amz-Date', date);
			url.searchParams.set('X-Amz-Expires', expires);
			url.searchParams.set('X-Amz-Signature', signature(method, url.pathname, date, expires));
			return url.href;
		},
		check: (method, url) => {
			const date = url.searchParams.get('X-Amz-Date');
			const expires = url.searchParams.get('X-Amz-Expires');
			const given = url.searchParams.get('X-Amz-Signature');
			if (date === null || expires === null || given === null) return 'unsigned';
			if (!sameText(given, signature(method, url.pathname, date, expires))) return 'forged';
			return now() < parseAmzDate(date) + Number(expires) * 1000 ? 'valid' : 'expired';
		},
	};
}

/** `20261121T140500Z` */
function amzDate(ms: number): string {
	return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
}

function parseAmzDate(date: string): number {
	return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}
