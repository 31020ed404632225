import { anyone } from '../web/doors.ts';
import { example } from '../web/home.ts';
import { keys } from '../web/keys.ts';
import { offline, serviceWorker } from '../web/offline.ts';
import { get, type Route } from '../web/route.ts';
import { styleguide } from '../web/styleguide.ts';

/** What says how the site itself is used, and what it is made of. */
export const aboutSite: readonly Route[] = [
  get('/account/bookmarklet/example', anyone, example),
  get('/keys', anyone, keys),
  get('/offline', anyone, offline),
  get('/service-worker.js', anyone, serviceWorker),
  get('/styleguide', anyone, styleguide),
];
