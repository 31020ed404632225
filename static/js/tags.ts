import { askFor, complete } from './lib/completions.ts';
import { find } from './lib/dom.ts';

const field = find<HTMLInputElement>('input[data-tags]');
const list = find<HTMLDataListElement>('#tag-completions');

/** What stands before the tag that is being typed, and what has been typed of it. */
const [BEFORE, LAST] = [/^(?:.*[,，])?\s*/su, /[^,，]*$/u];

if (field && list)
  complete(field, list, async (typed) => {
    const [before = ''] = BEFORE.exec(typed) ?? [];
    const [last = ''] = LAST.exec(typed) ?? [];
    if (!last.trim()) return [];
    return (await askFor('/account/tags/completions', last.trim())).map((tag) => `${before}${tag}`);
  });
