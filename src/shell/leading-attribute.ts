import {isNumeric} from './numeric.ts';
import type {Asset, Attribute} from './time-series.ts';

/** The attribute that says most about an asset in one line: the first number that has a sample, else the first. */
export function leadingAttribute({attributes}: Pick<Asset, 'attributes'>): Attribute | undefined {
	const sampled = attributes.filter(({lastValue}) => lastValue !== null);
	return sampled.find(isNumeric) ?? sampled[0] ?? attributes.find(isNumeric) ?? attributes[0];
}

/** `A kW 412.6`, or `A kW ·`; undefined of an asset without attributes. */
export function latestText(asset: Pick<Asset, 'attributes'>): string | undefined {
	const attribute = leadingAttribute(asset);
	return attribute && `${attribute.name} ${attribute.lastValue ?? '·'}`;
}
