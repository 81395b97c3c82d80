import {openPilot} from '../commands/sharing/pilot.ts';
import {sharingConformance} from '../exchange/conformance-sharing.ts';

sharingConformance(
	'in memory',
	async () => {
		const {connect} = openPilot();
		return {connect, close: async () => {}};
	},
	{changes: false},
);
