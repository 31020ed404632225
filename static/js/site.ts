import { find, findAll } from './lib/dom.ts';
import { holdStill } from './lib/still.ts';
import { watchKeys } from './lib/keys/index.ts';

document.documentElement.classList.add('with-script');

/** What lay beneath a picture goes when the picture is there; an image that failed shows its words. */
async function arrived(image: HTMLImageElement): Promise<void> {
  // Loaded is not yet drawn: a large picture still takes its time to decode.
  await image.decode().catch(() => undefined);
  image.classList.add('arrived');
  holdStill(image);
  if (image.naturalWidth > 0)
    image.parentElement?.querySelector('.placeholder, svg:not(.stage-size)')?.classList.add('covered');
}

for (const image of findAll<HTMLImageElement>('.picture')) if (image.complete) void arrived(image);
for (const kind of ['load', 'error'])
  document.addEventListener(
    kind,
    ({ target }) => {
      if (target instanceof HTMLImageElement && target.classList.contains('picture')) void arrived(target);
    },
    true,
  );

watchKeys();

const menus = findAll<HTMLDetailsElement>('[data-menu]');
document.addEventListener('click', ({ target }) => {
  for (const menu of menus) if (target instanceof Node && !menu.contains(target)) menu.open = false;
});
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  for (const menu of menus.filter(({ open }) => open)) {
    menu.open = false;
    find('summary', menu)?.focus();
  }
});

for (const button of findAll('[data-opens]'))
  button.addEventListener('click', () => find<HTMLDialogElement>(`#${button.dataset['opens']}`)?.showModal());
document.addEventListener(
  'click',
  ({ target }) => target instanceof HTMLDialogElement && target.matches('.dialog') && target.close(),
);

for (const message of findAll('[data-flash]')) {
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'notice-close';
  close.textContent = '×';
  close.setAttribute('aria-label', message.dataset['close'] ?? '');
  close.addEventListener('click', () => message.remove());
  message.append(close);
}
