import { readForm } from '../api/read.ts';
import { followForm } from '../api/together.ts';
import { setFollowing } from '../social/index.ts';
import { seeOther } from './answer.ts';
import type { SomeoneVisit } from './doors.ts';
import { readNext } from './edge/next.ts';
import { personPath } from './someone.ts';

/** POST /people/USERNAME/follow. */
export async function follow({ db, member, person, form }: SomeoneVisit) {
  const { action } = readForm(followForm, form);
  const found = await setFollowing(db, member.id, person.id, action === 'follow');
  return seeOther(readNext(form['next']) ?? personPath(person.username), { status: 200, body: found });
}
