import {type Peer, queue} from './fake-realtime.ts';

/** A subscription that is acknowledged. */
export type Listener = {
	readonly operationName: string;
	readonly variables: Readonly<Record<string, string>>;
	readonly peer: Peer;
	readonly send: (data: object) => void;
	/** The Exchange ends it. */
	readonly end: () => void;
};

export type FakeEvents = {
	/** For `fakeExchange`. */
	readonly onPeer: (peer: Peer) => void;
	readonly listeners: () => readonly Listener[];
	/** The next subscription, or one that was acknowledged and has not been taken. */
	readonly nextListener: () => Promise<Listener>;
	/** The next subscription that is ended, or was and has not been taken. */
	readonly nextStop: () => Promise<Listener>;
	readonly peers: readonly Peer[];
	/** Tells all who listen to this field with these variables. */
	readonly tell: (field: string, variables: Readonly<Record<string, string>>, payload: unknown) => void;
};

/** The event side of an Exchange, which lets everybody in; `refuse` names what it refuses a subscription for. */
export function fakeEvents(refuse?: (variables: Listener['variables']) => string | undefined): FakeEvents {
	const listeners = new Map<string, Listener>();
	const peers: Peer[] = [];
	const started = queue<Listener>();
	const stopped = queue<Listener>();
	const attend = (peer: Peer) => {
		const place = peers.push(peer);
		const key = (id: string | undefined) => `${place} ${id}`;
		const each = async (type: string, answer: (message: Awaited<ReturnType<Peer['next']>>) => void) => {
			for (;;) answer(await peer.next(type));
		};
		void each('connection_init', () => {
			peer.send({type: 'connection_ack', payload: {connectionTimeoutMs: 300_000}});
		});
		void each('start', ({id, payload}) => {
			const {operationName, variables} = JSON.parse(payload?.data ?? '{}');
			const reason = refuse?.(variables);
			if (reason !== undefined) {
				return peer.send({id, type: 'error', payload: {errors: [{message: reason}]}});
			}
			const listener = {
				operationName,
				variables,
				peer,
				send: (data: object) => peer.send({id, type: 'data', payload: {data}}),
				end: () => {
					listeners.delete(key(id));
					peer.send({id, type: 'complete'});
				},
			};
			listeners.set(key(id), listener);
			peer.send({id, type: 'start_ack'});
			started.push(listener);
		});
		void each('stop', ({id}) => {
			const listener = listeners.get(key(id));
			listeners.delete(key(id));
			if (listener) stopped.push(listener);
			peer.send({id, type: 'complete'});
		});
		void peer.closed.then(() => {
			for (const [at, listener] of listeners) if (listener.peer === peer) listeners.delete(at);
		});
	};
	return {
		onPeer: attend,
		listeners: () => [...listeners.values()],
		nextListener: started.take,
		nextStop: stopped.take,
		peers,
		tell: (field, variables, payload) => {
			for (const listener of listeners.values()) {
				const hears = Object.entries(variables).every(([name, value]) => listener.variables[name] === value);
				if (hears) listener.send({[field]: payload});
			}
		},
	};
}
