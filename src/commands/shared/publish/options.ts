import type {EpochUnit} from './cell-times.ts';
import type {ValueType} from './cell-types.ts';
import type {RecordStyle} from './records.ts';
import type {Target} from './target.ts';

/** What both forms of publishing go by. */
export type PublishOptions = {
	readonly target: Target;
	/** Of the asset's attributes, and those asked for. */
	readonly types: ReadonlyMap<string, ValueType>;
	readonly style: RecordStyle;
	/** What is there for the same times is replaced. */
	readonly replaces: boolean;
	/** The time column, or the time. */
	readonly time: string | undefined;
	readonly unit: EpochUnit | undefined;
	/** Nothing is sent. */
	readonly dryRun: boolean;
};

/** The hint where something else is there already for the same times. */
export const replaceHint = '--replace puts these values in place of those that are there';
