import type {Command} from '../shell/command.ts';
import {cd} from './navigation/cd.ts';
import {du} from './navigation/du.ts';
import {find} from './navigation/find.ts';
import {lcd} from './navigation/lcd.ts';
import {lls} from './navigation/lls.ts';
import {lpwd} from './navigation/lpwd.ts';
import {ls} from './navigation/ls.ts';
import {pwd} from './navigation/pwd.ts';
import {stat} from './navigation/stat.ts';
import {stores} from './navigation/stores.ts';
import {tree} from './navigation/tree.ts';
import {use} from './navigation/use.ts';
import {clear} from './session/clear.ts';
import {exit} from './session/exit.ts';
import {help} from './session/help.ts';
import {history} from './session/history.ts';
import {refresh} from './session/refresh.ts';
import {whoami} from './session/whoami.ts';

/** Every verb of the shell, in the order of `help`. */
export const commands: readonly Command[] = [
	stores,
	use,
	cd,
	pwd,
	ls,
	tree,
	find,
	stat,
	du,
	lcd,
	lpwd,
	lls,
	help,
	whoami,
	refresh,
	history,
	clear,
	exit,
];
