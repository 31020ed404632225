import { changeProfile, readProfile, type Profile } from '../accounts/index.ts';
import { profileForm } from '../api/forms.ts';
import { readSent } from '../api/read.ts';
import { Refusal } from '../errors.ts';
import { findPhoto, findPhotoFile, removePhoto, setPhoto } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { portraitOf } from '../lib/portrait.ts';
import { bytes, page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { fromOf } from './from.ts';
import { MEDIA_NAME } from './media.ts';
import { notFound } from '../errors.ts';
import type { MemberVisit, Visit } from './visit.ts';

const FIELDS = [
  'username',
  'first_name',
  'last_name',
  'date_of_birth',
  'bio',
  'visibility',
  'show_name',
  'language',
] as const;

export async function editProfile(visit: MemberVisit) {
  const profile = await readProfile(visit.db, visit.member.id);
  return showForm(visit, formOf(profile), null);
}

const formOf = (profile: Profile): Record<string, string> => ({
  username: profile.username,
  first_name: profile.firstName,
  last_name: profile.lastName,
  date_of_birth: profile.dateOfBirth ?? '',
  bio: profile.bio,
  visibility: profile.visibility,
  show_name: profile.showName ? '1' : '0',
  language: profile.language ?? 'browser',
});

async function showForm({ db, member }: MemberVisit, form: Record<string, string>, refusal: Refusal | null) {
  const photo = await findPhoto(db, member.id);
  const locals = { form, errors: errorsOf(refusal), photo: photoPaths(photo), portrait: portraitOf(member.username) };
  return page('account/edit', locals, { title: say('profile.heading') });
}

/** The address of a photo's square, by its public key. */
export const photoPath = (key: string) => `/media/photo/${key}.jpg`;

/** Addresses of a photo's squares, for pages. */
export const photoPaths = (photo: { small: string; large: string } | null) =>
  photo && { small: photoPath(photo.small), large: photoPath(photo.large) };

export const editProfileAgain = (visit: MemberVisit, refusal: Refusal) =>
  showForm(visit, Object.fromEntries(FIELDS.map((name) => [name, typed(visit.form, name)])), refusal);

export async function saveProfile(visit: MemberVisit) {
  const { db, site, member, upload } = visit;
  const { first_name, last_name, date_of_birth, show_name, remove_photo, ...same } = readSent(profileForm, visit.form);
  const named = { firstName: first_name, lastName: last_name, dateOfBirth: date_of_birth, showName: show_name };
  const wanted = { ...same, ...named };
  if (upload) await setPhoto(db, site, member.id, upload.file).catch(onPhoto);
  else if (remove_photo) await removePhoto(db, site, member.id);
  await changeProfile(db, fromOf(visit), wanted);
  site.wake();
  visit.say('done', 'profile.saved');
  return seeOther('/account/edit', { status: 200, body: { profile: formOf(await readProfile(db, member.id)) } });
}

/** Faults of the picture belong to its field. */
function onPhoto(error: unknown): never {
  throw error instanceof Refusal ? error.on('photo') : error;
}

/** The bytes of a member's photo. */
export async function photo({ db, params }: Visit) {
  const key = MEDIA_NAME.exec(params['file'] ?? '')?.[1];
  if (!key) throw notFound();
  return bytes(await findPhotoFile(db, key));
}
