/** So far a finger goes before it means another image. */
const FAR = 60;

interface Ways {
  prev(): void;
  next(): void;
  close(): void;
}

const isZoomed = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.stage-zoomed, .lightbox-acts') !== null;

/** A finger to the side turns to another image, one downwards goes back; two fingers are the browser's. */
export function swipes(area: HTMLElement, ways: Ways): void {
  let begun: { id: number; x: number; y: number } | null = null;
  const move = (px: number) => area.style.setProperty('--swiped', `${px}px`);
  area.addEventListener('pointerdown', ({ pointerId, pointerType, isPrimary, clientX, clientY, target }) => {
    begun = null;
    move(0);
    if (pointerType === 'mouse' || !isPrimary || isZoomed(target)) return;
    begun = { id: pointerId, x: clientX, y: clientY };
  });
  area.addEventListener('pointermove', ({ pointerId, clientX }) => {
    if (begun?.id === pointerId) move(clientX - begun.x);
  });
  area.addEventListener('pointercancel', () => {
    begun = null;
    move(0);
  });
  area.addEventListener('pointerup', ({ pointerId, clientX, clientY }) => {
    move(0);
    if (begun?.id !== pointerId) return;
    const [across, down] = [clientX - begun.x, clientY - begun.y];
    begun = null;
    if (Math.abs(across) > FAR && Math.abs(across) > Math.abs(down)) turn(area, across, ways);
    else if (down > FAR && down > 2 * Math.abs(across)) ways.close();
  });
}

function turn(area: HTMLElement, across: number, { prev, next }: Ways): void {
  const isForwards = across < 0 !== (getComputedStyle(area).direction === 'rtl');
  if (isForwards) next();
  else prev();
}
