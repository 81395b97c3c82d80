import {expect} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import {secretQuery} from './fake-exchange.ts';

/** The error a call fails with; none tells a secret or has several lines. */
export async function failure(call: Promise<unknown>): Promise<ShellError> {
	const error = await call.then(
		answer => new Error(`answered ${JSON.stringify(answer)}`),
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof ShellError)) throw error;
	const told = [error.message, error.hint, ...error.details].join(' ');
	expect(told).not.toContain('a-token-nobody-may-see');
	expect(told).not.toContain(secretQuery);
	expect(told).not.toContain('http://');
	expect(error.message).not.toContain('\n');
	return error;
}

/** Everything a generator yields. */
export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
	const found: T[] = [];
	for await (const value of values) found.push(value);
	return found;
}
