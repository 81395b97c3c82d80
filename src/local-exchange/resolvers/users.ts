import {badRequest, notFound, unauthorized} from '../graphql/resolver-error.ts';
import type {Resolvers} from './context.ts';
import {checkName} from './names.ts';

/** Ten years: a token that outlives the data directory helps nobody. */
const maxDays = 3650;

export const userResolvers: Resolvers = {
	Query: {
		user_getUserSession: (_, _args, {user}) => ({user}),
		user_listAuthenticationTokens: (_, _args, {user, catalogue}) => catalogue.tokens.list(user.userId),
	},
	Mutation: {
		user_createAuthenticationToken: (
			_,
			{name, daysBeforeExpiration: days}: {name: string; daysBeforeExpiration: number},
			{user, catalogue},
		) => {
			checkName('A token', name);
			if (days < 1 || days > maxDays) throw badRequest(`daysBeforeExpiration must be 1 to ${maxDays}`);
			return catalogue.tokens.create({userId: user.userId, name, days});
		},
		user_deleteAuthenticationToken: (_, {tokenId}: {tokenId: string}, {user, catalogue}) => {
			const token = catalogue.tokens.get(tokenId);
			if (token === undefined) throw notFound('Token', tokenId);
			if (token.userId !== user.userId) throw unauthorized();
			catalogue.tokens.remove(tokenId);
			return token;
		},
	},
	AuthenticationToken: {
		scope: () => [],
	},
};
