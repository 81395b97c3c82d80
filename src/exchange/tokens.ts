import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../shell/errors.ts';
import type {Token, Tokens} from '../shell/sharing.ts';
import type {Patience} from './endpoint.ts';
import {
	CreateTokenDocument,
	DeleteTokenDocument,
	ListTokensDocument,
	type TokenRowFragment,
} from './operations/generated.ts';
import {createQuestions} from './questions.ts';

const subject = {
	fields: /\buser_\w*AuthenticationToken/,
	missing: 'this Exchange has no tokens to list or make',
	hint: 'its web site has them',
};

/** One's tokens. Nothing of them is kept, their values least of all. */
export function createTokens(client: ApolloClient, patience: Patience): Tokens {
	const {ask, tell} = createQuestions(client, patience, subject);

	const deleteToken: Tokens['deleteToken'] = async (tokenId, call) => {
		const answer = await tell(DeleteTokenDocument, {tokenId}, call);
		if (!answer.user_deleteAuthenticationToken) {
			throw new ShellError('not-found', `${tokenId}: no such token`);
		}
	};

	return {
		listTokens: async call => {
			const answer = await ask(ListTokensDocument, {}, call);
			return (answer.user_listAuthenticationTokens ?? []).filter(row => row !== null).map(toToken);
		},
		createToken: async ({name, daysBeforeExpiration}, call) => {
			const variables = {name, daysBeforeExpiration};
			const answer = await tell(CreateTokenDocument, variables, {
				...call,
				// Nobody will ever see its value.
				update: ({user_createAuthenticationToken: made}) => {
					if (made && call?.signal?.aborted) deleteToken(made.tokenId).catch(() => {});
				},
			});
			const made = answer.user_createAuthenticationToken;
			if (made?.tokenValue) return {token: toToken(made), value: made.tokenValue};
			throw new ShellError('failed', `${name}: the Exchange did not give the value of the token`, {
				hint: made ? `\`token delete id:${made.tokenId}\` takes it back` : undefined,
			});
		},
		deleteToken,
	};
}

/** Field by field: the answer to a creation has the value too. */
function toToken({tokenId, name, tokenType, dateCreated, dateExpires, lastActive}: TokenRowFragment): Token {
	return {tokenId, name, tokenType, dateCreated, dateExpires, lastActive};
}
