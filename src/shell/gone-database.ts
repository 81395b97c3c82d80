import {ShellError} from './errors.ts';
import type {TimeSeriesDb} from './time-series.ts';

/**
 * What a failure means where the selected database is not on the Exchange any more, as when another session has
 * deleted it: the Exchange names an id there, which is nothing that a person has typed. Others stay as they are.
 */
export function aboutGoneDatabase(error: ShellError, selected: TimeSeriesDb | undefined): ShellError {
	if (error.code !== 'not-found' || !selected || !error.message.includes(selected.timeSeriesDbId))
		return error;
	return new ShellError('not-found', `${selected.name}: this database is no longer there`, {
		hint: '`databases` lists them, `db NAME` selects one',
		cause: error,
	});
}
