import {buildSchema, type GraphQLObjectType, type GraphQLSchema} from 'graphql';
import {collaborativeResolvers} from '../resolvers/collaboratives.ts';
import type {Resolvers} from '../resolvers/context.ts';
import {directoryResolvers} from '../resolvers/directories.ts';
import {fileResolvers} from '../resolvers/files.ts';
import {storeResolvers} from '../resolvers/stores.ts';
import {databaseResolvers} from '../resolvers/time-series/databases.ts';
import {latestResolvers} from '../resolvers/time-series/latest.ts';
import {publishResolvers} from '../resolvers/time-series/publish.ts';
import {sqlResolvers} from '../resolvers/time-series/sql.ts';
import {structuredResolvers} from '../resolvers/time-series/structured.ts';
import {userResolvers} from '../resolvers/users.ts';
import {schemaText} from '../schema.ts';
import {ResolverError} from './resolver-error.ts';

const served: readonly Resolvers[] = [
	userResolvers,
	storeResolvers,
	directoryResolvers,
	fileResolvers,
	collaborativeResolvers,
	databaseResolvers,
	latestResolvers,
	publishResolvers,
	structuredResolvers,
	sqlResolvers,
];

/** The whole API. An operation without a resolver answers that it is not served, and nothing else. */
export function executableSchema(): GraphQLSchema {
	const schema = buildSchema(schemaText, {assumeValidSDL: true});
	for (const root of [schema.getQueryType()!, schema.getMutationType()!]) {
		for (const field of Object.values(root.getFields())) field.resolve = notServed(field.name);
	}
	const subscriptions = schema.getSubscriptionType()!.getFields();
	for (const field of Object.values(subscriptions)) field.subscribe = notServed(field.name);
	for (const resolvers of served) {
		for (const [typeName, fields] of Object.entries(resolvers)) {
			const type = schema.getType(typeName) as GraphQLObjectType;
			const hook = typeName === 'Subscription' ? 'subscribe' : 'resolve';
			for (const [name, resolver] of Object.entries(fields)) type.getFields()[name]![hook] = resolver;
		}
	}
	return schema;
}

function notServed(field: string) {
	return () => {
		throw new ResolverError('NotImplemented', `The local exchange does not serve ${field} yet`);
	};
}
