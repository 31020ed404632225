import { boardPath } from '../api/boards.ts';
import type { Board, BoardLink, Choice } from '../boards/index.ts';
import type { Image } from '../images/index.ts';
import { pictureOf } from './cards.ts';

/** What a tile of a list of boards prints. */
export const boardCard = (board: Board) => {
  const { title, username, visibility, images, mine, cover } = board;
  return {
    title,
    username,
    visibility,
    images,
    mine,
    href: boardPath(board),
    cover: cover && { ...pictureOf(cover, '(min-width: 60rem) 20rem, (min-width: 30rem) 50vw, 100vw'), id: cover.id },
  };
};

/** What the page of an image prints of boards: those it is on, and the menu of those it can be put on. */
export const filedLocals = (image: Image, { boards, menu }: { boards: BoardLink[]; menu: Choice[] }) => ({
  action: `/images/${image.id}/boards`,
  boards: boards.map((board) => ({ ...board, href: boardPath(board) })),
  menu: menu.map((choice) => ({ ...choice, value: choice.mine ? choice.slug : `${choice.username}/${choice.slug}` })),
});
