import { find, findAll } from './lib/dom.ts';

const form = find<HTMLFormElement>('[data-many]');
if (form) choosing(form);

/** Choosing with Shift, and all of a page; how many are chosen is said. */
function choosing(form: HTMLFormElement): void {
  const boxes = findAll<HTMLInputElement>('.pick-box', form);
  const page = find<HTMLInputElement>('[data-many-page]', form);
  const all = find<HTMLInputElement>('[data-many-all]', form);
  const count = find('[data-many-count]', form);
  let last: HTMLInputElement | null = null;

  const tell = () => {
    const chosen = boxes.filter(({ checked }) => checked).length;
    if (count) count.textContent = (form.dataset['chosen'] ?? '').replace('{n}', String(chosen));
    if (page) {
      page.checked = chosen === boxes.length;
      page.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const box of boxes) box.disabled = all?.checked ?? false;
  };

  form.addEventListener('click', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.classList.contains('pick-box')) return;
    if (event.shiftKey && last && last !== box) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, (to ?? 0) + 1)) between.checked = box.checked;
    }
    last = box;
    tell();
  });
  // Shift with a click on a label would mark text.
  form.addEventListener('mousedown', (event) => event.shiftKey && event.preventDefault());
  form.addEventListener('keydown', (event) => step(boxes, event));
  page?.addEventListener('change', () => {
    for (const box of boxes) box.checked = page.checked;
    tell();
  });
  all?.addEventListener('change', tell);
  tell();
}

/** The arrows go from image to image. */
function step(boxes: readonly HTMLInputElement[], event: KeyboardEvent): void {
  const at = boxes.indexOf(event.target as HTMLInputElement);
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const next = way === undefined || at < 0 ? undefined : boxes[at + way];
  if (!next) return;
  event.preventDefault();
  if (event.shiftKey) next.checked = boxes[at]?.checked ?? true;
  next.focus();
  next.dispatchEvent(new Event('change', { bubbles: true }));
}

const EVERY_MS = 1000;
const going = find('[data-many-going]');
if (going) again(going);

interface Answer {
  many: { state: string; done: number; total: number; changed: number };
}

/** Shows how far it is; when it is over the page shows itself anew. */
async function look(shown: HTMLElement): Promise<void> {
  const answer = await fetch(shown.dataset['manyGoing'] ?? '', { headers: { accept: 'application/json' } });
  // Signed out meanwhile: the link below says so when it is followed.
  if (!answer.ok) return;
  const { many } = (await answer.json()) as Answer;
  if (many.state === 'done' || many.state === 'undone') return location.reload();
  const total = many.state === 'undoing' ? many.changed : many.total;
  const bar = find<HTMLProgressElement>('progress', shown);
  const words = find('[data-many-words]', shown);
  if (bar) bar.value = many.done;
  if (words)
    words.textContent = (shown.dataset['words'] ?? '')
      .replace('{done}', String(many.done))
      .replace('{total}', String(total));
  again(shown);
}

function again(shown: HTMLElement): void {
  setTimeout(() => {
    // What failed on the way is tried once more; a page that nobody looks at waits.
    if (document.hidden) return again(shown);
    return void look(shown).catch(() => again(shown));
  }, EVERY_MS);
}
