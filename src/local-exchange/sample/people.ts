/**
 * The people and organizations of the sample, beside the local user of "Sample Utility". All of them are made up:
 * no name stands for anyone, and mail to `.example` reaches nobody (RFC 2606).
 */
export type SampleOrganization = {
	readonly name: string;
	readonly people: readonly SamplePerson[];
};

/** `account` names the person's token file, and the mailbox. */
export type SamplePerson = {
	readonly account: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly email: string;
};

/** Stands for the local user where the sample names accounts. */
export const localAccount = 'local';

/** The local user's organization. */
export const localOrganization = 'Sample Utility';

export const sampleOrganizations: readonly SampleOrganization[] = [
	organization(localOrganization, 'sample-utility.example', ['Ada Reed', 'Tomas Vale']),
	organization('Example State University', 'state-university.example', ['Ines Moreau', 'Joon Park']),
	organization('Placeholder Power Cooperative', 'placeholder-power.example', ['Pia Holm', 'Omar Dane']),
	organization('Specimen Instruments', 'specimen-instruments.example', ['Kit Brandt']),
	organization('Fictional Grid Laboratory', 'grid-laboratory.example', ['Lena Osei']),
];

function organization(name: string, domain: string, people: readonly string[]): SampleOrganization {
	return {
		name,
		people: people.map(person => {
			const [firstName = '', lastName = ''] = person.split(' ');
			const account = person.toLowerCase().replace(' ', '.');
			return {account, firstName, lastName, email: `${account}@${domain}`};
		}),
	};
}
