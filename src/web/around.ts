import { boardMenu, boardsOfImage, type BoardLink, type Choice } from '../boards/index.ts';
import { oneQuery } from '../db/index.ts';
import {
  fileSaysPart,
  keptFromPart,
  provenancePart,
  tagsPart,
  type FileSays,
  type KeptFrom,
  type Reader,
} from '../images/index.ts';
import type { Provenance } from '../lib/provenance.ts';
import { commentsPart, likedPart, likersPart, type CommentPage } from '../social/index.ts';

/** What hangs on an image, in one query: for its page, which shows all of it, and for the JSON of one image. */
export const readAround = oneQuery<
  [reader: Reader, imageId: number],
  {
    tags: string[];
    likers: (string | null)[];
    liked: boolean;
    comments: (reader: Reader) => CommentPage;
    boards: BoardLink[];
    menu: Choice[];
    keptFrom: KeptFrom | null;
    fileSays: FileSays;
    provenance: Provenance;
  }
>({
  tags: tagsPart,
  likers: likersPart,
  liked: likedPart,
  comments: commentsPart,
  boards: boardsOfImage,
  menu: boardMenu,
  keptFrom: keptFromPart,
  fileSays: fileSaysPart,
  provenance: provenancePart,
});
