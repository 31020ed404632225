import * as create from '../web/create.ts';
import { anyone, member } from '../web/doors.ts';
import * as find from '../web/find.ts';
import { had } from '../web/had-already.ts';
import { get, post, type Route } from '../web/route.ts';
import { saveState } from '../web/save-state.ts';
import * as several from '../web/several.ts';
import { share, shareAgain } from '../web/share.ts';

/** The ways in which images come. */
export const saving: readonly Route[] = [
  get('/images/create', member, create.createPage),
  post('/images/create', member, create.create, { limit: 'save', again: create.createAgain, upload: 'image' }),
  get('/images/create/state', member, saveState),
  get('/images/create/had', member, had),
  get('/images/find', member, find.findPage),
  post('/images/find', member, find.find, { limit: 'find', again: find.findAgain }),
  get('/save', member, several.severalPage),
  post('/save', member, several.saveSeveral, { limit: 'save', again: several.severalAgain, long: true }),
  post('/share', anyone, share, { limit: 'share', again: shareAgain, upload: 'image', shared: true }),
];
