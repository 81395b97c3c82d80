import {sanitize} from '../../render/sanitize.ts';
import {assetLabel} from '../../shell/asset-names.ts';
import type {Asset} from '../../shell/time-series.ts';
import type {Series} from '../state/series.ts';
import {shownAttribute} from '../state/series-rows.ts';
import {ageOf} from './draw-series.ts';
import {valueText} from './series-columns.ts';

/** `Feeder 1 A kW 412.6  5 s`: of the marked attribute, else the selected one, else the one in the asset's row. */
export function latestInWords(asset: Asset, series: Series, now: number): string {
	const {selected, marked} = series;
	const name =
		marked.get(asset.assetId)?.[0] ?? (selected?.assetId === asset.assetId ? selected.attribute : undefined);
	const attribute = asset.attributes.find(one => one.name === name) ?? shownAttribute(asset, series);
	if (!attribute) return '';
	const time = attribute.lastValueTime === null ? undefined : Date.parse(attribute.lastValueTime);
	const {text, unit} = valueText(attribute);
	const value = unit === '' ? text : `${text} ${unit}`;
	return `${sanitize(assetLabel(asset))} ${sanitize(attribute.name)} ${value}  ${ageOf(time, now)}`;
}
