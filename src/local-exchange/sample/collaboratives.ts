import type {MemberState} from '../catalogue/collaboratives.ts';
import type {OtherServiceType} from '../catalogue/other-services.ts';
import type {Permission} from '../catalogue/rights.ts';
import {localAccount, localOrganization} from './people.ts';

/** Who works with whom in the sample. Organizations, accounts and things are given by their names in it. */
export type SampleCollaborative = {
	readonly name: string;
	readonly description: string;
	readonly host: string;
	readonly members: readonly SampleMember[];
	readonly shared: readonly SampleShare[];
};

export type SampleMember = {
	/** Undefined: it has left the Exchange. */
	readonly organization: string | undefined;
	readonly state: MemberState;
	readonly submittedBy?: string;
	readonly approvedBy?: string;
	/** By account; `gone` has left the Exchange. */
	readonly people: Readonly<Record<string, Permission>>;
};

/** A store, a database, or a service of which there is no more than this. */
export type SampleShare =
	| {readonly serviceType: 'DATA_STORE' | 'TIME_SERIES_DB'; readonly owner: string; readonly name: string}
	| {
			readonly serviceType: OtherServiceType;
			readonly owner: string;
			readonly name: string;
			readonly description: string;
	  };

const university = 'Example State University';
const cooperative = 'Placeholder Power Cooperative';
const instruments = 'Specimen Instruments';
const laboratory = 'Fictional Grid Laboratory';

/** The local user writes in the first, reads in the second, waits at the third, was denied at the fourth. */
export const sampleCollaboratives: readonly SampleCollaborative[] = [
	{
		name: 'Resilience pilot',
		description: 'Weather, climate and what they mean for the grid',
		host: localOrganization,
		members: [
			{
				organization: localOrganization,
				state: 'HOST_ORGANIZATION',
				people: {[localAccount]: 'READ_WRITE', 'ada.reed': 'READ_WRITE', 'tomas.vale': 'READ_ONLY'},
			},
			{
				organization: university,
				state: 'APPROVED',
				submittedBy: 'ines.moreau',
				approvedBy: localAccount,
				people: {'ines.moreau': 'READ_WRITE', 'joon.park': 'READ_ONLY'},
			},
			{
				organization: cooperative,
				state: 'PENDING_APPROVAL',
				submittedBy: 'pia.holm',
				people: {'pia.holm': 'READ_WRITE'},
			},
			{organization: instruments, state: 'DENIED_ACCESS', submittedBy: 'kit.brandt', people: {}},
		],
		shared: [
			{serviceType: 'DATA_STORE', owner: localAccount, name: 'Public climate and power'},
			{serviceType: 'TIME_SERIES_DB', owner: localAccount, name: 'Climate and power'},
			{serviceType: 'DATA_STORE', owner: 'ines.moreau', name: 'Mauna Loa air'},
			{
				serviceType: 'DATA_CAPTURE',
				owner: localAccount,
				name: 'Substation survey',
				description: 'Forms filled in on site',
			},
			{
				serviceType: 'OCS_ADAPTER',
				owner: 'ada.reed',
				name: 'Control system',
				description: 'Readings of the control system',
			},
		],
	},
	{
		name: 'Forecast exchange',
		description: 'Series to compare forecasts with',
		host: university,
		members: [
			{
				organization: university,
				state: 'HOST_ORGANIZATION',
				people: {'ines.moreau': 'READ_WRITE', 'joon.park': 'READ_WRITE', gone: 'READ_ONLY'},
			},
			{
				organization: localOrganization,
				state: 'APPROVED',
				submittedBy: localAccount,
				approvedBy: 'ines.moreau',
				people: {[localAccount]: 'READ_ONLY', 'ada.reed': 'READ_WRITE'},
			},
			{
				organization: cooperative,
				state: 'APPROVED',
				submittedBy: 'pia.holm',
				approvedBy: 'ines.moreau',
				people: {'pia.holm': 'READ_WRITE', 'omar.dane': 'READ_ONLY'},
			},
			{organization: undefined, state: 'APPROVED', people: {}},
		],
		shared: [
			{serviceType: 'TIME_SERIES_DB', owner: 'joon.park', name: 'Mauna Loa'},
			{serviceType: 'DATA_STORE', owner: localAccount, name: 'Public climate and power'},
			{
				serviceType: 'IOT_GROUP',
				owner: 'joon.park',
				name: 'Roof sensors',
				description: 'Weather stations on the roofs of the university',
			},
		],
	},
	{
		name: 'Storm desk',
		description: 'Wind, rain and outages of the cooperative',
		host: cooperative,
		members: [
			{
				organization: cooperative,
				state: 'HOST_ORGANIZATION',
				people: {'pia.holm': 'READ_WRITE', 'omar.dane': 'READ_WRITE'},
			},
			{
				organization: localOrganization,
				state: 'PENDING_APPROVAL',
				submittedBy: localAccount,
				people: {[localAccount]: 'READ_WRITE'},
			},
		],
		shared: [{serviceType: 'DATA_STORE', owner: 'pia.holm', name: 'Wind and rain'}],
	},
	{
		name: 'Instrument trials',
		description: 'New instruments before they are sold',
		host: instruments,
		members: [
			{organization: instruments, state: 'HOST_ORGANIZATION', people: {'kit.brandt': 'READ_WRITE'}},
			{
				organization: localOrganization,
				state: 'DENIED_ACCESS',
				submittedBy: 'ada.reed',
				people: {[localAccount]: 'READ_ONLY'},
			},
		],
		shared: [],
	},
	{
		name: 'Winter readiness',
		description: 'Announced; nobody has joined yet',
		host: localOrganization,
		members: [],
		shared: [],
	},
	{
		name: 'Laboratory only',
		description: 'For nobody else to see',
		host: laboratory,
		members: [
			{organization: laboratory, state: 'HOST_ORGANIZATION', people: {'lena.osei': 'READ_WRITE'}},
			{
				organization: instruments,
				state: 'APPROVED',
				submittedBy: 'kit.brandt',
				approvedBy: 'lena.osei',
				people: {'kit.brandt': 'READ_ONLY'},
			},
		],
		shared: [],
	},
];
