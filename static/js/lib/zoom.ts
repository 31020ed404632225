import { find } from './dom.ts';

/** At the least so many times as large as the page shows it. */
const TWICE = 2;
/** Whoever moves the mouse further than this with its button down drags, and does not click. */
const DRAG_PX = 4;

/** A place in the picture, as shares of its width and height. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Makes the picture larger in its place: by a click, which is the point to look at, or by the keyboard; smaller again by the same
 * or Escape. Without it the link opens the largest size as a file.
 */
export function zoomable(stage: HTMLElement): void {
  const frame = find<HTMLAnchorElement>('a.stage-frame', stage);
  const picture = frame && find<HTMLImageElement>('.picture', frame);
  if (!frame || !picture) return;
  frame.setAttribute('role', 'button');
  frame.setAttribute('aria-pressed', 'false');
  const words = find('#zoom', stage);
  if (words) words.textContent = words.dataset['inPlace'] ?? '';
  const wasDragged = drag(stage);
  const isLarge = () => stage.classList.contains('stage-zoomed');

  frame.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (wasDragged()) return;
    if (isLarge()) shrink(stage, frame);
    else enlarge(stage, frame, picture, event.detail === 0 ? { x: 0.5, y: 0.5 } : placeOf(event, frame));
  });
  stage.addEventListener('keydown', (event) => {
    if (event.key === ' ' && event.target === frame) {
      event.preventDefault();
      frame.click();
    }
    if (!isLarge()) return;
    if (event.key === 'Escape') {
      // A dialog that the picture lies in stays open.
      event.preventDefault();
      shrink(stage, frame);
    }
    // The arrows move what is seen of it, and lead to no other image.
    if (event.key.startsWith('Arrow')) event.stopPropagation();
  });
}

function placeOf({ clientX, clientY }: MouseEvent, frame: HTMLElement): Place {
  const { left, top, width, height } = frame.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

function enlarge(stage: HTMLElement, frame: HTMLAnchorElement, picture: HTMLImageElement, { x, y }: Place): void {
  const shown = frame.getBoundingClientRect().width;
  const width = Math.max(TWICE * shown, Number(frame.dataset['width']) / devicePixelRatio || 0);
  stage.style.setProperty('--zoom', `${width}px`);
  stage.classList.add('stage-zoomed');
  frame.setAttribute('aria-pressed', 'true');
  stage.scrollLeft = x * frame.offsetWidth - stage.clientWidth / 2 + frame.offsetLeft;
  stage.scrollTop = y * frame.offsetHeight - stage.clientHeight / 2 + frame.offsetTop;
  frame.focus({ preventScroll: true });
  stage.scrollIntoView({ block: 'nearest' });
  void sharpen(frame, picture);
}

/** The largest size takes the place of the one at hand when it is there. */
async function sharpen(frame: HTMLAnchorElement, picture: HTMLImageElement): Promise<void> {
  if (picture.src === frame.href && !picture.srcset) return;
  const largest = new Image();
  largest.src = frame.href;
  try {
    await largest.decode();
  } catch {
    // What cannot be had now leaves the picture as it is, only less sharp.
    return;
  }
  picture.removeAttribute('srcset');
  picture.src = frame.href;
}

function shrink(stage: HTMLElement, frame: HTMLElement): void {
  stage.classList.remove('stage-zoomed');
  frame.setAttribute('aria-pressed', 'false');
}

/** Moves what is seen of a large picture with the mouse; fingers do it by themselves. Answers whether the last press was that. */
function drag(stage: HTMLElement): () => boolean {
  let moved = 0;
  stage.addEventListener('pointerdown', (event) => {
    moved = 0;
    if (event.pointerType !== 'mouse' || event.button !== 0 || !stage.classList.contains('stage-zoomed')) return;
    // Or the browser would drag the link and its picture away.
    event.preventDefault();
    const stop = new AbortController();
    const { signal } = stop;
    let { clientX, clientY } = event;
    const pull = (now: PointerEvent) => {
      const [across, down] = [clientX - now.clientX, clientY - now.clientY];
      ({ clientX, clientY } = now);
      moved += Math.abs(across) + Math.abs(down);
      stage.scrollBy(across, down);
    };
    addEventListener('pointermove', pull, { signal });
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => stop.abort(), { signal });
  });
  stage.addEventListener('dragstart', (event) => stage.classList.contains('stage-zoomed') && event.preventDefault());
  return () => moved > DRAG_PX;
}
