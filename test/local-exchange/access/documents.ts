import {buildSchema, type GraphQLField, type GraphQLSchema, getNamedType, isObjectType} from 'graphql';
import {schemaText} from '../../../src/local-exchange/schema.ts';

export type Operation = {
	readonly kind: 'query' | 'mutation' | 'subscription';
	readonly name: string;
	/** A document that runs it and asks for every plain field of its answer, as `answer`. */
	readonly document: string;
	readonly argumentNames: readonly string[];
};

/** Every operation of the API, in the order of the schema. */
export const operations: readonly Operation[] = operationsOf(buildSchema(schemaText));

function operationsOf(schema: GraphQLSchema): Operation[] {
	const roots = [
		['query', schema.getQueryType()],
		['mutation', schema.getMutationType()],
		['subscription', schema.getSubscriptionType()],
	] as const;
	return roots.flatMap(([kind, type]) =>
		Object.values(type?.getFields() ?? {}).map(field => ({
			kind,
			name: field.name,
			document: documentOf(kind, field),
			argumentNames: field.args.map(({name}) => name),
		})),
	);
}

function documentOf(kind: string, field: GraphQLField<unknown, unknown>): string {
	const {name, args} = field;
	const definitions = args.map(argument => `$${argument.name}: ${argument.type}`).join(', ');
	const passed = args.map(argument => `${argument.name}: $${argument.name}`).join(', ');
	const type = getNamedType(field.type);
	const plain = isObjectType(type)
		? Object.values(type.getFields()).filter(each => !isObjectType(getNamedType(each.type)))
		: [];
	const selection = ['__typename', ...plain.map(each => each.name)].join(' ');
	return `${kind}${definitions && `(${definitions})`} {answer: ${name}${passed && `(${passed})`} {${selection}}}`;
}
