import type {PublishResult} from '../../shell/time-series.ts';
import type {AnswerError} from '../faults.ts';

type Rejected = PublishResult['rejected'];

/**
 * The records that an answer's errors say were rejected: Timestream's `RejectedRecords`, in `errorInfo` or in
 * `data`, as an object or as JSON, their names in either case
 * (https://docs.aws.amazon.com/timestream/latest/developerguide/API_RejectedRecord.html). Undefined where
 * the errors name none: then nothing was taken.
 */
export function rejectedRecords(errors: readonly (AnswerError | null)[]): Rejected | undefined {
	for (const error of errors) {
		for (const source of [error?.errorInfo, error?.data]) {
			const rejected = listIn(parsed(source)).flatMap(toRejected);
			if (rejected.length > 0) return rejected.toSorted((one, other) => one.index - other.index);
		}
	}
	return undefined;
}

function parsed(source: unknown): unknown {
	if (typeof source !== 'string') return source;
	try {
		return JSON.parse(source);
	} catch {
		return undefined;
	}
}

function listIn(source: unknown): readonly unknown[] {
	if (Array.isArray(source)) return source;
	const list = member(source, 'RejectedRecords');
	return Array.isArray(list) ? list : [];
}

function toRejected(record: unknown): Rejected {
	const index = numberOf(member(record, 'RecordIndex'));
	if (index === undefined) return [];
	const reason = member(record, 'Reason');
	const existingVersion = numberOf(member(record, 'ExistingVersion'));
	return [
		{
			index,
			reason: typeof reason === 'string' && reason !== '' ? reason : 'the Exchange gave no reason',
			...(existingVersion !== undefined && {existingVersion}),
		},
	];
}

function member(source: unknown, name: string): unknown {
	if (typeof source !== 'object' || source === null) return undefined;
	return Object.entries(source).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && value !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}
