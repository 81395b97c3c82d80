import {createHash, randomBytes} from 'node:crypto';
import type {Database} from './database.ts';
import {newId} from './ids.ts';

export type TokenRow = {
	readonly tokenId: string;
	readonly userId: string;
	readonly name: string;
	readonly tokenType: string;
	readonly dateCreated: string;
	readonly dateExpires: string;
	readonly lastActive: string | null;
};

export type Tokens = {
	/** `tokenValue` is told here and never again: the catalogue keeps its hash. */
	readonly create: (token: {userId: string; name: string; days: number}) => TokenRow & {tokenValue: string};
	readonly list: (userId: string) => TokenRow[];
	readonly get: (tokenId: string) => TokenRow | undefined;
	/** It is refused from now on. */
	readonly remove: (tokenId: string) => void;
	/** Whether `value` is a token of the user that has not expired. To ask is not to use it. */
	readonly isAccepted: (userId: string, value: string) => boolean;
	/** Whose token `value` is; undefined when it is unknown or has expired. */
	readonly userIdOf: (value: string) => string | undefined;
};

const columns = 'tokenId, userId, name, tokenType, dateCreated, dateExpires, lastActive';
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Access tokens made through the API. `now` in epoch ms. */
export function tokens(database: Database, now: () => number): Tokens {
	const insert = database.prepare("INSERT INTO tokens VALUES (?, ?, ?, 'USER_FULL_ACCESS', ?, ?, ?, NULL)");
	const byUser = database.prepare(`SELECT ${columns} FROM tokens WHERE userId = ? ORDER BY rowid`);
	const byId = database.prepare(`SELECT ${columns} FROM tokens WHERE tokenId = ?`);
	const byHash = database.prepare(`SELECT ${columns} FROM tokens WHERE hash = ?`);
	const drop = database.prepare('DELETE FROM tokens WHERE tokenId = ?');
	const touch = database.prepare('UPDATE tokens SET lastActive = ? WHERE tokenId = ?');
	const time = (ms: number) => new Date(ms).toISOString();
	const accepted = (value: string) => {
		const row = byHash.get(hash(value)) as TokenRow | undefined;
		return row !== undefined && Date.parse(row.dateExpires) > now() ? row : undefined;
	};
	const get = (tokenId: string) => byId.get(tokenId) as TokenRow | undefined;
	return {
		create: ({userId, name, days}) => {
			const tokenId = newId('tokenId');
			const tokenValue = randomBytes(32).toString('base64url');
			const created = now();
			insert.run(tokenId, userId, name, hash(tokenValue), time(created), time(created + days * dayMs));
			return {...get(tokenId)!, tokenValue};
		},
		list: userId => byUser.all(userId) as TokenRow[],
		get,
		remove: tokenId => {
			drop.run(tokenId);
		},
		isAccepted: (userId, value) => accepted(value)?.userId === userId,
		userIdOf: value => {
			const row = accepted(value);
			if (row === undefined) return undefined;
			// To the minute: a write for every request would cost more than most requests.
			if (now() - Date.parse(row.lastActive ?? '1970') > minuteMs) touch.run(time(now()), row.tokenId);
			return row.userId;
		},
	};
}

/** What of a token may be kept. */
export function hash(value: string): Buffer {
	return createHash('sha256').update(value).digest();
}
