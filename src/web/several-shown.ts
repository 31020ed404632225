import { leadsToPage } from './find-offer.ts';
import { randomToken } from '../lib/secret.ts';
import type { Said } from '../lib/words/index.ts';
import { card, type Card } from './cards.ts';
import { typed } from './fields.ts';
import { ROW_FIELDS, type Row } from './several-rows.ts';
import { isSaved, type Result } from './several-save.ts';
import type { MemberVisit } from './visit.ts';

/** A row as its page prints it. */
export interface RowShown {
  /** Its place in the list at hand, which its fields have in their names. */
  n: number;
  /** It was a line among others. */
  line: boolean;
  values: Record<string, string>;
  /** What the browser may show before it is saved. */
  preview: string | null;
  errors: Record<string, Said>;
  /** Own images that it is like, to choose what to do; and whether they are the very same. */
  alike: Card[];
  same: boolean;
  /** Whether the address leads to a page whose pictures can be looked for. */
  find: boolean;
}

/** The page's policy lets no other through. */
const PREVIEWED = /^(?:https:\/\/|data:image\/)/i;

export function rowShown({ fields, line }: Row, n: number, result: Result | null = null): RowShown {
  const values = Object.fromEntries(ROW_FIELDS.map((name) => [name, typed(fields, name)]));
  const { url = '', nopin, visibility } = values;
  const refused = result && !isSaved(result) ? result : null;
  const field = refused?.refusal.field?.replace(/\d+$/, '') ?? 'url';
  return {
    n,
    line: line ?? false,
    values: {
      ...values,
      once: values['once'] || randomToken(),
      // The one choice that the site takes for such a picture.
      visibility: visibility || (nopin === '1' ? 'private' : ''),
    },
    preview: PREVIEWED.test(url) ? url : null,
    errors: refused ? { [`${field}${n}`]: refused.refusal.said } : {},
    alike: (refused?.alike ?? []).map(card),
    same: refused?.refusal.code === 'duplicate',
    find: refused ? leadsToPage(refused.refusal) : false,
  };
}

/** What is said of all, as it was left; at first what the member usually says. */
export function sharedShown({ form, member }: MemberVisit): Record<string, string> {
  const names = ['tags', 'board', 'board_title', 'page_url', 'creator', 'licence'] as const;
  return {
    ...Object.fromEntries(names.map((name) => [name, typed(form, name)])),
    visibility: typed(form, 'visibility') || member.visibility,
    show_name: typed(form, 'show_name') || (member.showName ? '1' : '0'),
    resolution: typed(form, 'resolution') || 'very_high',
  };
}
