import {QueryError} from './query-error.ts';

type Request = {
	readonly queryString: string;
	readonly maxRows?: number | undefined;
	readonly clientToken?: string | undefined;
};

const maxQueryBytes = 256 * 1024;

/** Throws the ValidationException of AWS's request checks. */
export function checkRequest({queryString, maxRows, clientToken}: Request): void {
	if (queryString === '')
		refuse(queryString, 'queryString', 'Member must have length greater than or equal to 1');
	if (Buffer.byteLength(queryString) > maxQueryBytes) {
		refuse('…', 'queryString', `Member must have length less than or equal to ${maxQueryBytes}`);
	}
	if (maxRows !== undefined && maxRows < 1) {
		refuse(maxRows, 'maxRows', 'Member must have value greater than or equal to 1');
	}
	if (maxRows !== undefined && maxRows > 1000) {
		refuse(maxRows, 'maxRows', 'Member must have value less than or equal to 1000');
	}
	if (clientToken !== undefined && clientToken.length > 128) {
		refuse('…', 'clientToken', 'Member must have length less than or equal to 128');
	}
}

function refuse(value: string | number, member: string, constraint: string): never {
	throw new QueryError(
		'ValidationException',
		`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
	);
}
