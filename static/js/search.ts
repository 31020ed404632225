import { askFor, complete } from './lib/completions.ts';
import { find } from './lib/dom.ts';

const field = find<HTMLInputElement>('[data-search] input');
const list = find<HTMLDataListElement>('#completions');

if (field && list) complete(field, list, (typed) => askFor('/search/completions', typed));
