import type { CreateForm } from '../api/forms.ts';
import { boardMenu, findByTitle, findOwnBoard, insertBoard, placeOnBoard, type Choice } from '../boards/index.ts';
import { oneQuery } from '../db/index.ts';
import type { Reader, Saving } from '../images/index.ts';
import type { Visibility } from '../lib/visibility.ts';
import type { MemberVisit } from './visit.ts';

const menuOf = oneQuery<[Reader, number], { boards: Choice[] }>({ boards: boardMenu });

/** Own boards that a form offers to save into. */
export async function offeredBoards({ db, reader }: MemberVisit): Promise<Choice[]> {
  const { boards } = await menuOf(db, reader, 0);
  return boards.filter(({ mine }) => mine);
}

/** `board` of an address of the form; what comes after `url=` belongs to that. */
export const boardInAddress = (rawQuery: string): string =>
  new URLSearchParams(rawQuery.split(/(?:^|&)url=/, 1)[0]).get('board') ?? '';

/** The board that an image is saved into. */
export interface FormBoard {
  imageVisibility: Visibility | null;
  /** Puts the image there in the transaction that saves it; a new board comes and fails with it. */
  put: NonNullable<Saving['alongside']>;
}

/**
 * The own board of the form: by the end of its address, or by its name, which makes a new one where there is none. What is
 * typed counts before what is chosen.
 * @throws Refusal 422 on `board`
 */
export async function boardOfForm({ db, member }: MemberVisit, form: CreateForm): Promise<FormBoard | null> {
  const { board: slug, board_title: title } = form;
  if (title) return titled(member, title);
  if (!slug) return null;
  const { id, imageVisibility } = await findOwnBoard(db, member.id, slug);
  return { imageVisibility, put: (trx, image) => placeOnBoard(trx, id, image, member.id) };
}

const titled = ({ id: owner, visibility }: MemberVisit['member'], title: string): FormBoard => ({
  imageVisibility: null,
  async put(trx, image) {
    const there = await findByTitle(trx, owner, title);
    if (there !== null) return placeOnBoard(trx, there, image, owner);
    const { id, counts } = await insertBoard(trx, owner, { title, description: '', visibility }, Date.now());
    return [...counts, ...(await placeOnBoard(trx, id, image, owner))];
  },
});
