import type {Context, Row} from '../../shell/command.ts';
import type {User} from '../../shell/ports.ts';
import type {Service} from '../../shell/sharing.ts';
import {personName, serviceMark, serviceWord} from '../../shell/sharing-words.ts';

/** What a service is called: one without a name by its id. */
export function serviceLabel({name, serviceId}: Pick<Service, 'name' | 'serviceId'>): string {
	return name ?? `id:${serviceId}`;
}

/**
 * A service, and the name of its owner where somebody says it. For people also what it is called, what it is and
 * whose, in words; JSON keeps to what the API says.
 */
export function serviceRow(
	{format}: Pick<Context, 'format'>,
	service: Service,
	people: ReadonlyMap<string, User>,
): Service & Row {
	const {serviceType, ownerUserId} = service;
	const owner = ownerUserId === null ? undefined : people.get(ownerUserId);
	const ownerName = owner ? personName(owner) : null;
	if (format === 'json') return {...service, ownerName};
	return {
		...service,
		called: serviceLabel(service),
		mark: serviceMark(serviceType),
		type: serviceWord(serviceType),
		owner: ownerName ?? ownerUserId,
	};
}
