import {badRequest} from '../../graphql/resolver-error.ts';
import {isoTime, parseIsoTime} from '../moments.ts';

/** What is asked of a structured query, checked. */
export type StructuredRequest = {
	/** By assetId: names of attributes, or undefined for all of them. Never empty. */
	readonly assets: ReadonlyMap<string, ReadonlySet<string> | undefined>;
	/** Epoch ns, inclusive. */
	readonly from?: bigint;
	/** Epoch ns, exclusive. */
	readonly to?: bigint;
	/** Only so many of the newest rows of each asset. */
	readonly lastRows?: number;
	/** Rows of one page. */
	readonly pageRows: number;
};

/** The arguments of `timeSeriesDb_queryDatabase` that say what is asked. */
export type StructuredArgs = {
	readonly queryType: 'LAST_X_ROWS' | 'NEXT_TOKEN' | 'TIME_PERIOD';
	readonly assets: readonly ({
		readonly assetId: string;
		readonly attributeNamesFilter?: readonly (string | null)[] | null;
	} | null)[];
	readonly startTime?: string | null;
	readonly endTime?: string | null;
	readonly maxRows?: number | null;
};

const defaultRows = 20_000;
const mostRows = 100_000;

/** Throws `BadRequest` with what is wrong. */
export function structuredRequest(args: StructuredArgs): StructuredRequest {
	const {queryType, maxRows = null} = args;
	if (queryType === 'NEXT_TOKEN') throw badRequest('A query of type NEXT_TOKEN needs a nextToken');
	if (maxRows !== null && (maxRows < 1 || maxRows > mostRows)) {
		throw badRequest(`maxRows must be 1 to ${mostRows}`);
	}
	const assets = wantedAssets(args.assets);
	const from = momentOf('startTime', args.startTime);
	const to = momentOf('endTime', args.endTime);
	if (from !== undefined && to !== undefined && from > to) {
		throw badRequest(`startTime ${isoTime(from)} lies after endTime ${isoTime(to)}`);
	}
	const period = {...(from !== undefined && {from}), ...(to !== undefined && {to})};
	if (queryType === 'LAST_X_ROWS') {
		if (maxRows === null) throw badRequest('A query of type LAST_X_ROWS needs maxRows');
		return {assets, ...period, lastRows: maxRows, pageRows: defaultRows};
	}
	if (from === undefined || to === undefined) {
		throw badRequest('A query of type TIME_PERIOD needs startTime and endTime');
	}
	return {assets, ...period, pageRows: maxRows ?? defaultRows};
}

/** An asset that is named twice stands for the attributes of both. */
function wantedAssets(inputs: StructuredArgs['assets']): Map<string, ReadonlySet<string> | undefined> {
	const assets = new Map<string, ReadonlySet<string> | undefined>();
	for (const {assetId, attributeNamesFilter} of inputs.filter(each => each !== null)) {
		const names = (attributeNamesFilter ?? []).filter(name => name !== null);
		const former = assets.get(assetId);
		const isAll = names.length === 0 || (assets.has(assetId) && former === undefined);
		assets.set(assetId, isAll ? undefined : new Set([...(former ?? []), ...names]));
	}
	if (assets.size === 0) throw badRequest('A query needs at least one asset');
	return assets;
}

function momentOf(argument: string, text: string | null | undefined): bigint | undefined {
	if (text == null) return undefined;
	const moment = parseIsoTime(text);
	if (moment === undefined) throw badRequest(`${argument} '${text}' is no time in ISO 8601, UTC`);
	return moment;
}
