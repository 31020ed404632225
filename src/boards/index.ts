export { lastUsedBy, newestOf } from './beside.ts';
export { findBoard, findBoardById, findBoardByLink, findInvitation, type Board, type WholeBoard } from './board.ts';
export { editBoard, findDeleted, setBoardsDisabled, setDeleted, type BoardForm } from './change.ts';
export { createBoard, insertBoard, type NewBoard } from './create.ts';
export { followBoard } from './follow.ts';
export { forget, purgeBoards } from './forget.ts';
export { allBoards, boardsOf, readBoards, type BoardPage } from './lists.ts';
export { boardMenu, boardsOfImage, findByTitle, findOwnBoard, type BoardLink, type Choice } from './of-image.ts';
export { deletedBoards, parentChoices } from './own.ts';
export { moveOnBoard, placeOnBoard, putOnBoard, SIDES, STEPS, takeOffBoard, type Move } from './place.ts';
export { findMovedBoard, sweepSlugs } from './slug.ts';
export {
  answerInvitation,
  collaboratorsOf,
  invitationsOf,
  inviteToBoard,
  removeFromBoard,
  type Collaborator,
  type Invitation,
} from './people.ts';
export { dropBoardLink, makeBoardLink } from './secret-link.ts';
