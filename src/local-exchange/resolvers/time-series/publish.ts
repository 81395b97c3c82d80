import {databaseFor, whileAllowed} from '../../access.ts';
import {errorBeside} from '../../graphql/errors.ts';
import {badRequest, ResolverError} from '../../graphql/resolver-error.ts';
import {assetDataOf} from '../../timestream/asset-data.ts';
import {publishKey, publishSubscription} from '../../timestream/publish-events.ts';
import {type RecordInput, readRecords} from '../../timestream/records.ts';
import type {RejectedRecord} from '../../timestream/types.ts';
import type {Resolvers} from '../context.ts';
import {pick, selectionOf} from '../selection.ts';

type AssetArgs = {timeSeriesDbId: string; assetId: string};
type PublishArgs = AssetArgs & {data: {records: readonly (RecordInput | null)[]}};

/** Timestream's. */
const mostRecords = 100;

export const publishResolvers: Resolvers = {
	Mutation: {
		timeSeriesDb_publishToDatabase: async (
			_,
			{timeSeriesDbId, assetId, data: {records: inputs}}: PublishArgs,
			context,
			info,
		) => {
			const database = databaseFor(context, timeSeriesDbId, 'write');
			if (assetId === '') throw badRequest('An asset needs an id');
			checkCount(inputs.length);
			const engine = await context.series.engineFor(database);
			// It may have been withdrawn while its data was loaded.
			databaseFor(context, timeSeriesDbId, 'write');
			const {records, rejected} = readRecords(assetId, inputs);
			const refused = await engine.write(
				timeSeriesDbId,
				records.map(({record}) => record),
			);
			const allRejected = [
				...rejected,
				...refused.map(each => ({...each, index: records[each.index]!.index})),
			].sort((a, b) => a.index - b.index);
			const refusedPlaces = new Set(refused.map(({index}) => index));
			const written = records.filter((_, place) => !refusedPlaces.has(place)).map(({record}) => record);
			const error = allRejected.length > 0 ? rejection(allRejected) : undefined;
			if (error !== undefined && written.length === 0) throw error;
			if (error !== undefined) context.failures.push(errorBeside(error, info));

			const answer = assetDataOf(written);
			const selection = selectionOf(info);
			// Listeners are found by what the answer holds: one without the asset's id reaches none.
			if (Object.hasOwn(selection, 'assetId')) {
				const key = publishKey(timeSeriesDbId, assetId);
				context.events.publish(publishSubscription, key, pick(answer, selection));
			}
			return answer;
		},
	},
	Subscription: {
		[publishSubscription]: async (_, {timeSeriesDbId, assetId}: AssetArgs, context) => {
			const check = () => databaseFor(context, timeSeriesDbId, 'read');
			const database = check();
			const listening = context.events.listen(publishSubscription, publishKey(timeSeriesDbId, assetId));
			// A live database lives from now on.
			await context.series.engineFor(database);
			return whileAllowed(listening, check);
		},
	},
};

function checkCount(count: number): void {
	if (count >= 1 && count <= mostRecords) return;
	const limit = count === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostRecords}`;
	const constraint = `failed to satisfy constraint: Member must have length ${limit}`;
	throw new ResolverError(
		'ValidationException',
		`1 validation error detected: Value at 'records' ${constraint}`,
	);
}

function rejection(rejected: readonly RejectedRecord[]): ResolverError {
	const message = 'One or more records have been rejected. See RejectedRecords for details.';
	return new ResolverError('RejectedRecordsException', message, {
		RejectedRecords: rejected.map(({index, reason, existingVersion}) => ({
			RecordIndex: index,
			Reason: reason,
			...(existingVersion !== undefined && {ExistingVersion: Number(existingVersion)}),
		})),
	});
}
