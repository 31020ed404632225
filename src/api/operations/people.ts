import { z } from 'zod';
import { LANGUAGES } from '../../lib/words/index.ts';
import { VISIBILITIES } from '../../lib/visibility.ts';
import { actionShape } from '../actions.ts';
import { profileForm } from '../forms.ts';
import { imageList, imageShape } from '../images.ts';
import { peopleList, personShape } from '../people.ts';
import { count, keyed } from '../shape.ts';
import { followForm } from '../together.ts';
import { byKey, byPage, inGroup, type Operation } from './operation.ts';

const people = inGroup('people');
const account = inGroup('account');

const followed = z.strictObject({ following: z.boolean(), followers: count });
/** What the people did whom one follows, the newest first, and one's own latest images. */
const dashboard = z.strictObject({ actions: z.array(actionShape), ...keyed, images: z.array(imageShape) });
const profile = z.strictObject({
  username: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  date_of_birth: z.string(),
  bio: z.string(),
  visibility: z.enum(VISIBILITIES),
  show_name: z.enum(['1', '0']),
  language: z.enum(['browser', ...LANGUAGES]),
});

export const peopleOperations: readonly Operation[] = [
  people.reads('/people', 'listPeople', peopleList, { query: byPage }),
  people.reads('/people/:username', 'readPerson', imageList.extend({ person: personShape }), {
    query: byPage,
    moves: true,
  }),
  people.reads('/people/:username/followers', 'listFollowers', peopleList, { query: byKey, moves: true }),
  people.reads('/people/:username/following', 'listFollowing', peopleList, { query: byKey, moves: true }),
  people.does('/people/:username/follow', 'followPerson', followed, { form: followForm }),
  people.reads('/media/photo/:file', 'readPhoto', 'bytes'),
  account.reads('/account', 'readDashboard', dashboard, { query: byKey }),
  account.reads('/', 'readHome', dashboard, { query: byKey }),
  account.does('/account/edit', 'editProfile', z.strictObject({ profile }), { form: profileForm, upload: 'photo' }),
];
