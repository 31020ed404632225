import { copyForm } from '../api/forms.ts';
import { imageJson, imagePath } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import { Refusal } from '../errors.ts';
import {
  admit,
  fileSays,
  findDownload,
  findImage,
  findProvenance,
  visibilityUnsaid,
  type Image,
  type SaveForm,
} from '../images/index.ts';
import { recordAct, tell } from '../social/index.ts';
import { seeOther } from './answer.ts';
import type { SeenVisit } from './doors.ts';
import { told } from './had-already.ts';

/**
 * POST /images/ID/save: keeps somebody's image among one's own, from the largest tier that they let others have, with what is
 * known of where it came from. Nothing is fetched again.
 */
export async function saveToMine(visit: SeenVisit) {
  const { db, site, member, image, reader } = visit;
  const saying = { ...sayingOf(visit), provenance: await findProvenance(db, image.id) };
  const { storageKey, bytes, sha256 } = await findDownload(db, reader, image.id);
  const { creator, licence, sourceUrl } = image;
  const authorship = { ...(await fileSays(db, image.id)), creator, licence };
  const source = { way: 'copy', imageId: image.id, sourceUrl, storageKey, bytes, sha256, authorship } as const;
  const saving = {
    ...site,
    db,
    signal: visit.left(),
    async alongside(trx: typeof db, { id }: { id: number }) {
      await recordAct(trx, { accountId: member.id, verb: 'saved', imageId: id });
      await tell(trx, { accountId: image.ownerId, actorId: member.id, kind: 'kept', imageId: image.id, copyId: id });
      return [];
    },
  };
  const { id, outcome } = await admit(saving, member.id, source, saying).catch(async (error: unknown) => {
    throw error instanceof Refusal ? await told(visit, error) : error;
  });
  const mine = await findImage(db, reader, id);
  visit.say('done', outcome === 'again' ? 'said.saved_already' : 'said.saved_to_mine');
  return seeOther(imagePath(mine), { status: outcome === 'again' ? 200 : 201, body: { image: imageJson(mine) } });
}

/** What goes along: whose work it is and where it was found. The words that its owner wrote about it are theirs. */
function sayingOf({ form, member, image }: SeenVisit): Omit<SaveForm, 'provenance'> {
  const {
    visibility = visibilityUnsaid(image.nopin, member.visibility),
    show_name,
    duplicate,
    once,
  } = readForm(copyForm, form);
  return {
    ...carriedBy(image),
    caption: '',
    tags: [],
    visibility,
    showName: show_name ?? member.showName,
    resolution: 'very_high',
    once,
    duplicate: duplicate ?? 'ask',
    replaceId: null,
  };
}

function carriedBy({ title, alt, creator, licence, pageUrl, nopin }: Image) {
  return { title, alt, creator, licence, pageUrl, nopin, seenUrl: null };
}

/** Who has it already is led to it. */
export async function showOwn(visit: SeenVisit, refusal: Refusal) {
  const [first] = (refusal.extra['ids'] as number[] | undefined) ?? [];
  if (first === undefined) throw refusal;
  const mine = await findImage(visit.db, visit.reader, first);
  visit.say('trouble', refusal.said.key, refusal.said.params);
  return seeOther(imagePath(mine));
}
