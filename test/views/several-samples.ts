import { rowShown } from '../../src/web/several-shown.ts';
import { choicesOf } from './board-samples.ts';

const url = (name: string) => `https://images.example/${name}.jpg`;

const shared = {
  tags: '',
  board: '',
  board_title: '',
  page_url: '',
  creator: '',
  licence: '',
  visibility: 'members',
  show_name: '1',
  resolution: 'very_high',
};

/** The page of several: empty, and with rows of which some were refused. */
export function severalSamples(alike: readonly object[]) {
  const blank = rowShown({ number: 0, fields: {} }, 0);
  const rows = [
    rowShown({ number: 1, fields: { url: url('bridge'), title: 'A bridge', nopin: '1', alt: 'Iron over water' } }, 1),
    {
      ...rowShown({ number: 2, fields: { url: url('gone'), board: 'far-away' } }, 2),
      errors: { url2: 'It is not there.' },
    },
    {
      ...rowShown(
        { number: 4, fields: { draft: 'abc', draft_name: 'a-name-that-a-phone-made_20261201_161502.jpg' } },
        4,
      ),
      errors: { draft4: 'It waits no longer.' },
    },
    { ...rowShown({ number: 3, fields: { url: 'http://images.example/page' } }, 3), find: true, alike },
  ];
  const errors = { url2: 'It is not there.' };
  const page = { form: shared, boards: [], max: 200, blank };
  return {
    several: { view: 'images/several', locals: { ...page, rows: [], urls: '', errors: {}, lost: true } },
    'several-rows': { view: 'images/several', locals: { ...page, boards: choicesOf(), rows, urls: '', errors } },
  };
}
