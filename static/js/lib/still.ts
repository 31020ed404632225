/** The largest side that is drawn: more than a list shows. */
const LARGEST = 1600;

const wantsStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A picture's frame of this moment, in its place. */
function frameOf(image: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const scale = Math.min(1, LARGEST / Math.max(image.naturalWidth, image.naturalHeight));
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', image.alt);
  return canvas;
}

function buttonFor(words: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'play';
  button.setAttribute('aria-label', words);
  return button;
}

/**
 * A moving picture of a list stands still until it is wanted: by its button, or while the mouse is on it. By itself on its page it
 * moves at once, unless somebody asks their system for less motion.
 */
export function holdStill(image: HTMLImageElement): void {
  const { animated, held } = image.dataset;
  const box = image.closest<HTMLElement>('.tile, .stage');
  if (animated === undefined || held !== undefined || !box || image.naturalWidth === 0) return;
  image.dataset['held'] = '';
  const canvas = frameOf(image);
  const button = buttonFor(animated);
  const play = (on: boolean) => {
    canvas.hidden = on;
    image.classList.toggle('picture-held', !on);
    button.setAttribute('aria-pressed', String(on));
  };
  button.addEventListener('click', () => play(!canvas.hidden));
  image.after(canvas);
  box.append(button);
  const isListed = box.classList.contains('tile');
  if (isListed && !wantsStill()) playUnderMouse(box, play);
  play(!isListed && !wantsStill());
}

function playUnderMouse(tile: HTMLElement, play: (on: boolean) => void): void {
  for (const [kind, on] of [
    ['pointerenter', true],
    ['pointerleave', false],
  ] as const)
    tile.addEventListener(kind, ({ pointerType, target }) => {
      if (pointerType === 'mouse' && target === tile) play(on);
    });
}
