import type {Command} from '../shell/command.ts';
import {login} from './account/login.ts';
import {logout} from './account/logout.ts';
import {profile} from './account/profile.ts';
import {profiles} from './account/profiles.ts';
import {token} from './account/token.ts';
import {tokens} from './account/tokens.ts';
import {whoami} from './account/whoami.ts';
import {cat} from './files/cat.ts';
import {cp} from './files/cp.ts';
import {describe} from './files/describe.ts';
import {get} from './files/get.ts';
import {head} from './files/head.ts';
import {mkdir} from './files/mkdir.ts';
import {mv} from './files/mv.ts';
import {put} from './files/put.ts';
import {rm} from './files/rm.ts';
import {rmdir} from './files/rmdir.ts';
import {tail} from './files/tail.ts';
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
import {collaborative} from './sharing/collaborative.ts';
import {collaboratives} from './sharing/collaboratives.ts';
import {services} from './sharing/services.ts';
import {share} from './sharing/share.ts';
import {shared} from './sharing/shared.ts';
import {unshare} from './sharing/unshare.ts';
import {why} from './sharing/why.ts';
import {assets} from './time-series/assets.ts';
import {create} from './time-series/create.ts';
import {data} from './time-series/data.ts';
import {databases} from './time-series/databases.ts';
import {db} from './time-series/db.ts';
import {deleteDatabase} from './time-series/delete.ts';
import {exportCommand} from './time-series/export.ts';
import {latest} from './time-series/latest.ts';
import {plot} from './time-series/plot.ts';
import {publish} from './time-series/publish.ts';
import {query} from './time-series/query.ts';

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
	cat,
	head,
	tail,
	get,
	put,
	rm,
	mkdir,
	rmdir,
	mv,
	cp,
	describe,
	databases,
	db,
	assets,
	latest,
	data,
	plot,
	query,
	exportCommand,
	publish,
	create,
	deleteDatabase,
	collaboratives,
	collaborative,
	services,
	share,
	unshare,
	shared,
	why,
	whoami,
	tokens,
	token,
	profiles,
	profile,
	login,
	logout,
	help,
	refresh,
	history,
	clear,
	exit,
];
