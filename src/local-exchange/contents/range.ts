export type Range = {readonly start: number; readonly end: number};

/**
 * The part of `size` bytes that a `Range` header asks for (both ends inclusive). Undefined: the whole,
 * also for what S3 ignores (several ranges, other units, nonsense); `unsatisfiable`: nothing of it exists.
 */
export function parseRange(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
	if (match === null) return undefined;
	const [first, last] = [match[1]!, match[2]!];
	if (first === '' && last === '') return undefined;
	if (first === '') {
		const length = Math.min(Number(last), size);
		return length === 0 ? 'unsatisfiable' : {start: size - length, end: size - 1};
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) return undefined;
	return start >= size ? 'unsatisfiable' : {start, end};
}
