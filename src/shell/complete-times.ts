type NamedTime = {readonly name: string; readonly summary: string};

const durations: readonly NamedTime[] = [
	{name: '1m', summary: 'a minute'},
	{name: '15m', summary: 'a quarter of an hour'},
	{name: '1h', summary: 'an hour'},
	{name: '6h', summary: 'six hours'},
	{name: '24h', summary: '24 hours'},
	{name: '7d', summary: 'seven days'},
	{name: '30d', summary: '30 days'},
];

const moments: readonly NamedTime[] = [
	{name: 'now', summary: 'this moment'},
	{name: 'now-1h', summary: 'an hour ago'},
	{name: 'now-24h', summary: '24 hours ago'},
	{name: 'now-7d', summary: 'seven days ago'},
	{name: 'today', summary: 'since midnight'},
	{name: 'yesterday', summary: 'since yesterday’s midnight'},
	{name: 'monday', summary: 'since the last Monday’s midnight'},
];

/** What an argument of that kind is likely to be, the shortest first. A duration is a time as well: so long ago. */
export function timesFor(kind: 'time' | 'duration'): readonly NamedTime[] {
	return kind === 'duration' ? durations : [...moments, ...durations.map(ago)];
}

const ago = ({name, summary}: NamedTime): NamedTime => ({name, summary: `${summary} ago`});
