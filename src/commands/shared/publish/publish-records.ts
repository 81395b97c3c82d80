import type {Call, Exchange} from '../../../shell/ports.ts';
import type {PublishRequest, PublishResult} from '../../../shell/time-series.ts';

/** The highest that the API takes, whose versions are 32-bit integers. */
export const lastVersion = 2 ** 31 - 1;

/**
 * Publishes records. With `replaces` those that are rejected for another one of the same time, of their own
 * version or a higher one, are sent once more with the next: their version is a clock of seconds, and what
 * they replace may be of the same second.
 */
export async function publishRecords(
	{timeSeries}: Pick<Exchange, 'timeSeries'>,
	{replaces, ...request}: PublishRequest & {readonly replaces: boolean},
	call?: Call,
): Promise<PublishResult> {
	const result = await timeSeries.publish(request, call);
	if (!replaces) return result;
	const inTheWay = result.rejected.flatMap(({index, existingVersion = lastVersion}) =>
		existingVersion < lastVersion ? [{index, version: existingVersion + 1}] : [],
	);
	if (inTheWay.length === 0) return result;
	const records = inTheWay.map(({index, version}) => ({...request.records[index]!, version}));
	const second = await timeSeries.publish({...request, records}, call);
	const sentAgain = new Set(inTheWay.map(({index}) => index));
	const rejected = [
		...result.rejected.filter(({index}) => !sentAgain.has(index)),
		...second.rejected.map(each => ({...each, index: inTheWay[each.index]?.index ?? each.index})),
	];
	return {
		accepted: result.accepted + second.accepted,
		rejected: rejected.toSorted((one, other) => one.index - other.index),
	};
}
