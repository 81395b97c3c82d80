import type {Specs} from '../../shell/command.ts';

/** The range of time that a command is about; `timeRange` reads it. */
export const rangeArgs = {
	since: {
		kind: 'time',
		option: true,
		optional: true,
		short: 's',
		help: 'From so long ago, or a time, until now',
	},
	from: {kind: 'time', option: true, optional: true, help: 'From this time on'},
	to: {kind: 'time', option: true, optional: true, help: 'Up to this time, without it; default: now'},
} as const satisfies Specs;
