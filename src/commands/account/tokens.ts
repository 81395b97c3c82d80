import {type Column, defineCommand} from '../../shell/command.ts';
import {isExpired} from '../shared/find-token.ts';

const columns: readonly Column[] = [
	{field: 'name', as: 'name', header: 'name'},
	{field: 'tokenType', as: 'text', header: 'type'},
	{field: 'dateCreated', as: 'time', header: 'created'},
	{field: 'dateExpires', as: 'time', header: 'expires'},
	{field: 'lastActive', as: 'time', header: 'last used'},
	{field: 'state', as: 'text', header: ''},
];
const longColumns: readonly Column[] = [...columns, {field: 'tokenId', as: 'text', header: 'id'}];

/** The user's tokens, the one that expires first at the top; never their values. */
export const tokens = defineCommand({
	name: 'tokens',
	group: 'Account',
	summary: 'List your tokens on the Exchange',
	args: {
		long: {kind: 'flag', short: 'l', help: 'With their ids'},
	},
	examples: ['tokens', 'tokens -l', 'tokens --json'],
	async *run({exchange, signal, interactive, now}, {long}) {
		const found = await exchange.tokens.listTokens({signal});
		if (found.length === 0 && interactive) yield {kind: 'note', text: 'no tokens'};
		yield {
			kind: 'records',
			records: found
				.toSorted((a, b) => Date.parse(a.dateExpires) - Date.parse(b.dateExpires))
				.map(token => ({...token, state: isExpired(token, now()) ? 'expired' : ''})),
			columns: long ? longColumns : columns,
			// An id is of use only when it is whole, which a row on a screen has no room for.
			layout: long && interactive ? 'fields' : 'table',
			headers: interactive && found.length > 0,
		};
	},
});
