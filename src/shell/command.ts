import type {Account} from './account.ts';
import type {ShellError} from './errors.ts';
import type {Exchange, LocalFiles} from './ports.ts';
import type {Session, SessionAction} from './session.ts';

/**
 * One argument. Its kind says what it completes against and whether globs expand in it:
 * `path` (a remote path, globs expand), `directory` (a remote directory), `local` (a local path, globs
 * expand), `local-directory`, `store`, `command`, `text`, `count` (a whole number from 0), `size`
 * (`10k`, `+1M`), `age` (`2d`, `+1h`), `flag` (present or not). Of the selected time-series database:
 * `database` (any one, by name or `id:`), `asset`, `attribute` (of the asset named before it), `series`
 * (an asset or, after one, an attribute), `selection` (`ASSET` or `ASSET:ATTRIBUTE,ATTRIBUTE`). `time` (a
 * moment) and `duration` (`15m`) are text that `time-range.ts` reads. `collaborative` and `service` (a store, a
 * database or anything else that is shared) are named by name or `id:`. `profile` is one
 * of this machine's.
 */
export type Kind =
	| 'path'
	| 'directory'
	| 'local'
	| 'local-directory'
	| 'store'
	| 'database'
	| 'collaborative'
	| 'service'
	| 'profile'
	| 'asset'
	| 'attribute'
	| 'series'
	| 'selection'
	| 'time'
	| 'duration'
	| 'command'
	| 'text'
	| 'count'
	| 'size'
	| 'age'
	| 'flag';

export type Spec = {
	readonly kind: Kind;
	readonly help: string;
	readonly optional?: true;
	/** Positional: takes all the words that are left. */
	readonly many?: true;
	/** An option `--key-name VALUE` instead of a positional. Flags are options anyway. */
	readonly option?: true;
	/** One-letter form of a flag or option, without the dash. */
	readonly short?: string;
	/** The values a `text` may have. */
	readonly choices?: readonly string[];
	/** Of kind `local`: may be `NAME=VALUE`, too, of an attribute of the asset named before it. */
	readonly assigns?: true;
	/** Of kind `service`: what is offered is one's own, or what of it is shared. */
	readonly own?: 'any' | 'shared';
	/** Globs are left as they are, for the command to match. */
	readonly pattern?: true;
};

/** Key order is positional order. A camelCase key `dryRun` is the option `--dry-run`. */
export type Specs = Readonly<Record<string, Spec>>;

type Single<S extends Spec> = S['kind'] extends 'flag'
	? boolean
	: S['kind'] extends 'count'
		? number
		: string;
type Value<S extends Spec> = S extends {many: true} ? readonly Single<S>[] : Single<S>;

/** Parsed and expanded arguments. A missing optional is undefined; a missing `many` is empty. */
export type Args<A extends Specs> = {
	readonly [K in keyof A]: A[K] extends {many: true}
		? Value<A[K]>
		: Value<A[K]> | (A[K] extends {optional: true} ? undefined : never);
};

/** How a field of a record is shown to a person. JSON always carries the field as it is. */
export type Column = {
	readonly field: string;
	/**
	 * `entry`: an Entry's whole file name, `/` after a directory, marks after a duplicate or an
	 * unconfirmed upload. `name`: quoted where the shell would need it. `mode`: `drwx`/`-rw-`.
	 * `bytes`: a count of bytes, readable with `human`. `time`: an ISO 8601 UTC field, local time for people,
	 * unchanged in a pipe. `count`, `text`: as they are. `maybe`: text, `·` to a person where it is null. `tree`: a name behind its branches. `value`: text
	 * of a measure, numbers aligned on the decimal point, `·` where it is null. `age`: an ISO 8601 UTC field as
	 * its age, unchanged in a pipe. `instant`: an ISO 8601 UTC field to the second or finer, local time with
	 * the zone in the header, unchanged in a pipe; text that is no such time as it is. `spark`: numbers (null is a gap) as a sparkline of eight cells.
	 */
	readonly as:
		| 'entry'
		| 'name'
		| 'mode'
		| 'bytes'
		| 'time'
		| 'count'
		| 'text'
		| 'maybe'
		| 'tree'
		| 'value'
		| 'age'
		| 'instant'
		| 'spark';
	readonly header?: string;
	/** In a pipe and in plain output this column is left out. */
	readonly screenOnly?: true;
	/** In a table it is cut only when cutting the others does not make room enough. */
	readonly whole?: true;
	/** The last column of a table: where a row has no room for all, this has a line of its own under the row. */
	readonly below?: true;
};

export type Row = Readonly<Record<string, unknown>>;

/**
 * What a command says, as data; `render/` makes text, JSON or CSV of it.
 *
 * - `records`: rows with the API's field names. `grid` flows one column's values over the width as
 *   `ls` does; `table` is aligned columns; `fields` shows each record as `name  value` lines.
 *   `human` makes sizes readable. A later output with the same `key` in the same line replaces it on a screen.
 *   `prose` is for people: 80 columns wide also in a pipe.
 * - `text`: lines of plain data. `bytes`: raw data such as a file's content.
 * - `note`: narration, stderr in script mode. `progress`: replaces the one with the same `key`;
 *   `done: true` ends it. `error`: a failed command; the line goes on or not as its operators say.
 */
export type Output =
	| {
			readonly kind: 'records';
			readonly records: readonly Row[];
			readonly columns: readonly Column[];
			readonly layout: 'grid' | 'table' | 'fields';
			readonly human?: boolean;
			readonly headers?: boolean;
			readonly key?: string;
			/** A line above, such as the directory that is listed. JSON leaves it out. */
			readonly title?: string;
			/** An empty line comes before the title. */
			readonly apart?: true;
			/** Asked for as JSON: a line a record, whatever the layout. */
			readonly json?: true;
			/** Asked for as CSV. Later records of the same line go on in the same table. */
			readonly csv?: true;
			readonly prose?: true;
			/** Shown this once: no transcript repeats them. */
			readonly secret?: true;
	  }
	| Chart
	| {
			readonly kind: 'text';
			readonly text: string;
			/** Shown this once: no transcript repeats it. */
			readonly secret?: true;
			readonly json?: true;
			readonly csv?: true;
			readonly prose?: true;
	  }
	| {
			readonly kind: 'bytes';
			readonly bytes: Uint8Array;
			/** Has the format asked for already: is not put into JSON. */
			readonly asIs?: true;
			readonly json?: true;
			readonly csv?: true;
	  }
	| {readonly kind: 'note'; readonly text: string; readonly tone?: 'warning'; readonly key?: string}
	| Progress
	| {
			readonly kind: 'error';
			readonly verb: string | undefined;
			readonly error: ShellError;
			readonly line?: string;
	  }
	| {readonly kind: 'session'; readonly action: SessionAction}
	| {readonly kind: 'clear'}
	| {readonly kind: 'exit'; readonly status: number};

/**
 * Series over time. On a screen a chart as wide as there is room; in a pipe and in a screen reader, and as JSON
 * or CSV, a row a series with what it comes to.
 */
export type Chart = {
	readonly kind: 'chart';
	readonly key?: string;
	readonly title?: string;
	/** Epoch, ms. */
	readonly from: number;
	/** Epoch, ms. */
	readonly to: number;
	readonly series: readonly {
		readonly assetId: string;
		readonly name: string | null;
		readonly attribute: string;
		/** In order of time; a null value is a gap. Enough points to keep the shape. */
		readonly points: readonly {readonly at: number; readonly value: number | null}[];
		/** Of all samples, drawn or not. Null where there are none. Times are ISO 8601, UTC. */
		readonly summary: {
			readonly samples: number;
			readonly min: number | null;
			readonly max: number | null;
			readonly mean: number | null;
			readonly last: number | null;
			readonly lastTime: string | null;
			readonly gaps: number;
		};
	}[];
	readonly json?: true;
	readonly csv?: true;
};

export type Progress = {
	readonly kind: 'progress';
	readonly key: string;
	/** "get readme.txt", or "put 12 files". */
	readonly label: string;
	/** Bytes so far. */
	readonly bytes: number;
	/** Bytes in all, where known. */
	readonly total: number | null;
	/** Work that is not counted in bytes: 0 to 100. */
	readonly percent?: number;
	/** More to say, such as "12 MB scanned". */
	readonly detail?: string;
	/** Epoch, ms: when the first byte moved. Rate and time left derive from it. */
	readonly startedAt: number;
	/** Epoch, ms. */
	readonly at: number;
	readonly done?: true;
	/** With `done`: nothing came of it. */
	readonly failed?: true;
};

/** How data are wanted, where it is not as a person reads them. */
export type Format = 'json' | 'csv';

/** What a command runs with. */
export type Context = {
	/** The session as it was when the command started. */
	readonly session: Session;
	readonly exchange: Exchange;
	readonly local: LocalFiles;
	/** Aborted by Ctrl-C. */
	readonly signal: AbortSignal;
	/** Epoch, ms. */
	readonly now: () => number;
	/**
	 * True when a person sees the output as it comes: headers and a word more are welcome, and a question can
	 * be asked. False in a script, a pipe or a redirection.
	 */
	readonly interactive: boolean;
	/**
	 * True where, besides, an output can take the place of one before: cached rows may be shown at once. False
	 * at a plain prompt, where better to wait for fresh ones.
	 */
	readonly redraws: boolean;
	/** What `--json` or `--csv` asks for. Outputs need not heed it. */
	readonly format?: Format;
	/** Data outputs as the bytes of a file. */
	readonly plain: (
		outputs: AsyncIterable<Output>,
		options: {readonly json: boolean},
	) => AsyncIterable<Uint8Array>;
	/** A chart as SVG, a whole picture with its own legend. */
	readonly picture: (chart: Chart) => Promise<string>;
	/** Asks and waits. Without a person it throws `usage` with the hint to pass `-f`. */
	readonly confirm: (question: string) => Promise<boolean>;
	/**
	 * Asks for a line of text, such as a name that has to be typed, and waits for it. Empty when nothing is
	 * entered or the question is left. Without a person it throws like `confirm`.
	 */
	readonly ask: (question: string) => Promise<string>;
	/** As `ask`, for what nobody may see: it is shown as dots, and kept in no history and no transcript. */
	readonly askSecret: (question: string) => Promise<string>;
	/** The tokens and profiles of this machine. */
	readonly account: Account;
	/**
	 * Hands a text to the user's editor and returns what becomes of it; undefined when the editor fails, which
	 * leaves nothing to be done. Missing where there is no terminal.
	 */
	readonly edit?: (text: string) => Promise<string | undefined>;
	readonly commands: readonly Command[];
	/** Lines entered before, oldest first. */
	readonly history: readonly string[];
	/** The bytes piped into the program, for `put -`. */
	readonly input?: AsyncIterable<Uint8Array>;
};

/** As `help` groups them. */
export type Group = 'Navigation' | 'Files' | 'Time series' | 'Sharing' | 'Account' | 'Session';

/** One shell verb. Parsing, `help`, completion and the README's table derive from it. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds commands of every argument shape
export type Command<A extends Specs = any> = {
	/** Equals the file name. */
	readonly name: string;
	readonly aliases?: readonly string[];
	readonly group: Group;
	/** Imperative, at most 60 characters. */
	readonly summary: string;
	/** More, where the summary is not enough. */
	readonly description?: string;
	readonly args: A;
	readonly examples: readonly [string, ...string[]];
	/** A secret may be typed behind it by mistake: no error repeats what is there. */
	readonly isDiscreet?: true;
	readonly run: (context: Context, args: Args<A>) => AsyncIterable<Output>;
};

/** Infers the argument types of `run` from `args`. */
export function defineCommand<const A extends Specs>(command: Command<A>): Command<A> {
	return command;
}
