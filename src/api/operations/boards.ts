import { z } from 'zod';
import {
  arrangeForm,
  boardEditForm,
  boardForm,
  boardLinkForm,
  boardList,
  collaboratorForm,
  followForm,
  invitationForm,
  wholeBoardShape,
} from '../boards.ts';
import { imageList } from '../images.ts';
import { count, deletedShape } from '../shape.ts';
import { byPage, inGroup, type Operation } from './operation.ts';

const { reads, does } = inGroup('boards');
const BOARD = '/people/:username/boards/:slug';

const one = z.strictObject({ board: wholeBoardShape });
/** A board with a part of what stands on it. */
const opened = imageList.extend({ board: wholeBoardShape });
const people = z.array(z.strictObject({ username: z.string(), accepted: z.boolean() }));
const workers = z.strictObject({ people, shared: z.boolean() });
const answered = z.union([
  z.strictObject({ works: z.literal(false) }),
  z.strictObject({ works: z.literal(true), board: wholeBoardShape }),
]);

export const boardOperations: readonly Operation[] = [
  reads('/boards', 'listBoards', boardList, { query: byPage }),
  does('/boards', 'createBoard', { 201: one }, { form: boardForm }),
  reads('/boards/bin', 'listBoardBin', boardList),
  reads('/boards/link/:key', 'readLinkedBoard', opened, { query: byPage }),
  reads('/people/:username/boards', 'listBoardsOf', boardList, { query: byPage, moves: true }),
  reads(BOARD, 'readBoard', opened, { query: byPage, moves: true }),
  does(`${BOARD}/edit`, 'editBoard', one, { form: boardEditForm }),
  does(`${BOARD}/delete`, 'deleteBoard', deletedShape),
  does(`${BOARD}/restore`, 'restoreBoard', one),
  reads(`${BOARD}/arrange`, 'listForArranging', imageList, { query: byPage }),
  does(`${BOARD}/images`, 'arrangeBoard', one, { form: arrangeForm }),
  reads(`${BOARD}/people`, 'listBoardPeople', workers),
  does(`${BOARD}/people`, 'changeBoardPeople', z.strictObject({ people }), { form: collaboratorForm }),
  does(
    `${BOARD}/link`,
    'changeBoardLink',
    { 201: workers.extend({ link: z.url() }), 200: deletedShape },
    {
      form: boardLinkForm,
    },
  ),
  does(`${BOARD}/invitation`, 'answerInvitation', answered, { form: invitationForm }),
  does(`${BOARD}/follow`, 'followBoard', z.strictObject({ following: z.boolean(), followers: count }), {
    form: followForm,
  }),
];
