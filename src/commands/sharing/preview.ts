import type {Column, Context, Output} from '../../shell/command.ts';
import {counted} from '../../shell/readable.ts';
import type {Collaborative, Service} from '../../shell/sharing.ts';
import {serviceWord, stateMark, stateWord} from '../../shell/sharing-words.ts';
import type {Consequences} from './consequences.ts';
import {type Change, effectWords, keptWords, untoldWords} from './effect-words.ts';
import {knownSize} from './known-size.ts';
import {serviceLabel} from './service-rows.ts';

const columns: readonly Column[] = [
	{field: 'mark', as: 'text', screenOnly: true},
	{field: 'organization', as: 'maybe'},
	{field: 'state', as: 'maybe'},
	{field: 'crowd', as: 'text', screenOnly: true},
	{field: 'effect', as: 'text', whole: true, below: true},
];
const dataColumns: readonly Column[] = [
	...columns.filter(({screenOnly}) => !screenOnly),
	{field: 'people', as: 'count'},
	{field: 'read', as: 'count'},
	{field: 'write', as: 'count'},
];

type Preview = {
	readonly change: Change;
	readonly service: Service;
	readonly collaborative: Collaborative;
	readonly effects: Consequences;
	readonly isDryRun: boolean;
};

/** What would change for whom, an organization a row; as JSON all of it in one record. */
export function* preview(
	context: Context,
	{change, service, collaborative, effects, isDryRun}: Preview,
): Generator<Output> {
	const {collaborativeId, name: collaborativeName} = collaborative;
	const {serviceId, serviceType, name} = service;
	if (context.format === 'json') {
		const record = {change, serviceId, serviceType, name, collaborativeId, collaborativeName, ...effects};
		const records = [{...record, dryRun: isDryRun}];
		yield {kind: 'records', records, columns, layout: 'fields'};
		return;
	}
	const size = knownSize(context.exchange, service);
	const what = [serviceWord(serviceType), ...(size === undefined ? [] : [size])].join(', ');
	const verb = change === 'share' ? 'becomes visible to' : 'is no longer visible to';
	const {organizations} = effects;
	const crowds = organizations.map(({people}) => counted(people, 'person', 'people'));
	const widest = Math.max(0, ...crowds.map(crowd => crowd.length));
	const records = organizations.map((effect, index) => ({
		...effect,
		mark: `  ${stateMark(effect.memberState)}`,
		organization: effect.name,
		state: effect.memberState && stateWord(effect.memberState),
		crowd: crowds[index]!.padStart(widest),
		effect: effectWords(change, effect),
	}));
	const {interactive} = context;
	const head = `${serviceLabel(service)} (${what}) ${verb}`;
	// Into a script's data go the organizations alone.
	if (interactive) yield {kind: 'text', text: `  ${head}\n\n`};
	else yield {kind: 'note', text: head};
	if (records.length === 0 && effects.isComplete)
		yield {kind: 'note', text: 'nobody: the collaborative has no members'};
	yield {kind: 'records', records, columns: interactive ? columns : dataColumns, layout: 'table'};
	const more = organizations.flatMap(effect => keptWords(change, effect) ?? []);
	if (interactive && more.length > 0)
		yield {kind: 'text', text: `\n${more.map(line => `  ${line}`).join('\n')}`};
	if (interactive) yield {kind: 'text', text: '\n'};
	const untold = untoldWords(change, effects);
	if (untold) yield {kind: 'note', tone: 'warning', text: untold};
}
