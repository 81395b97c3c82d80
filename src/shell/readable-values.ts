import type {Asset, Attribute} from './time-series.ts';

const significant = 6;

/**
 * The text of a latest value for a person: numbers of at most six significant digits, whole where they are
 * whole; others as they are. Null where there is no sample.
 */
export function valueText({attributeType, lastValue}: Pick<Attribute, 'attributeType' | 'lastValue'>) {
	if (lastValue === null || attributeType !== 'DOUBLE') return lastValue;
	const number = Number(lastValue);
	if (lastValue.trim() === '' || !Number.isFinite(number)) return lastValue;
	return lastValue.length <= significant + 2 ? lastValue : String(Number(number.toPrecision(significant)));
}

/** The attribute of an asset that says most about it in one line: the first of a number, else the first. */
export function leadingAttribute({attributes}: Pick<Asset, 'attributes'>): Attribute | undefined {
	const sampled = attributes.filter(({lastValue}) => lastValue !== null);
	const isNumber = ({attributeType}: Attribute) => attributeType === 'DOUBLE' || attributeType === 'BIGINT';
	return sampled.find(isNumber) ?? sampled[0] ?? attributes.find(isNumber) ?? attributes[0];
}

/** `A kW 412.6`, or `A kW ·`; undefined of an asset without attributes. */
export function latestText(asset: Pick<Asset, 'attributes'>): string | undefined {
	const attribute = leadingAttribute(asset);
	return attribute && `${attribute.name} ${valueText(attribute) ?? '·'}`;
}
