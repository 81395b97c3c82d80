import {assetLabel, resolveSeries} from '../../shell/assets.ts';
import type {Context} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {isNumeric} from '../../shell/numeric.ts';
import {readableTime} from '../../shell/readable.ts';
import type {TimeRange} from '../../shell/time-range.ts';
import type {Asset, Attribute} from '../../shell/time-series.ts';

/** One attribute of one asset. */
export type Series = {
	readonly asset: Asset;
	readonly attribute: Attribute;
	/** The attribute, behind its asset's name where there are several assets. */
	readonly label: string;
};

/**
 * The series that words of kind `series` stand for. Throws like `resolveSeries`, and `usage` where they are
 * more than `most`.
 */
export async function seriesOf(
	context: Context,
	words: readonly string[],
	{most, onlyNumeric = false}: {readonly most: number; readonly onlyNumeric?: boolean},
): Promise<readonly Series[]> {
	const {chosen} = await resolveSeries(context, words);
	const several = chosen.length > 1;
	const all = chosen.flatMap(({asset, attributes}) =>
		attributes.map(attribute => ({
			asset,
			attribute,
			label: several ? `${assetLabel(asset)} ${attribute.name}` : attribute.name,
		})),
	);
	const kept = onlyNumeric ? numericOf(all, words) : all;
	if (kept.length === 0) throw new ShellError('not-found', `${words.join(' ')}: no attributes yet`);
	if (kept.length <= most) return kept;
	throw new ShellError('usage', `${words.join(' ')}: ${kept.length} series, at most ${most} go together`, {
		hint: 'name attributes behind the asset',
	});
}

/** Without what has no numbers, unless it was asked for by name. */
function numericOf(all: readonly Series[], words: readonly string[]): readonly Series[] {
	const numeric = all.filter(({attribute}) => isNumeric(attribute));
	const named = all.find(({attribute}) => !isNumeric(attribute) && words.includes(attribute.name));
	const other = named ?? (numeric.length === 0 ? all[0] : undefined);
	if (!other) return numeric;
	const {name, attributeType} = other.attribute;
	const names = [...new Set(numeric.map(({attribute}) => attribute.name))];
	const fitting = all.length === numeric.length ? [] : names;
	const others = otherNumeric(other.asset).filter(known => known !== name);
	const shown = (fitting.length > 0 ? fitting : others).slice(0, 5);
	throw new ShellError('usage', `${name}: ${attributeType}, not a number`, {
		hint: shown.length > 0 ? `there are ${shown.join(', ')}` : '`data` shows it',
	});
}

function otherNumeric({attributes}: Asset): readonly string[] {
	return attributes.filter(isNumeric).map(({name}) => name);
}

/** The newest sample's time of all; undefined where there is none. */
export function newestOf(series: readonly Series[]): string | undefined {
	let newest: string | undefined;
	for (const {attribute} of series) {
		const {lastValueTime} = attribute;
		if (lastValueTime === null) continue;
		if (newest === undefined || Date.parse(lastValueTime) > Date.parse(newest)) newest = lastValueTime;
	}
	return newest;
}

/** Says what is there instead of nothing. */
export function nothingBetween({from, to}: TimeRange, series: readonly Series[], now: number): string {
	const time = (at: number) => readableTime(new Date(at).toISOString(), now);
	const newest = newestOf(series);
	const instead =
		newest === undefined ? 'there are none yet' : `the newest is from ${readableTime(newest, now)}`;
	return `no samples between ${time(from)} and ${time(to)}: ${instead}`;
}
