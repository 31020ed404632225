import type { Made } from './tile.ts';

/** Puts the tiles into the list; each is drawn when it comes near. Answers what ends the watching. */
export function drawWhenNear(list: HTMLUListElement, made: readonly Made[]): () => void {
  const waiting: (() => void)[] = [];
  // A large photograph takes a tenth of a second to draw: one at a time, so that the picker is there at once and answers.
  const drawNext = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setTimeout(drawNext);
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      if (waiting.length === 0) setTimeout(drawNext);
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        for (const { item, draw } of made) if (item === target) waiting.push(draw);
      }
    },
    { root: list, rootMargin: '400px' },
  );
  for (const { item } of made) {
    list.append(item);
    watcher.observe(item);
  }
  return () => {
    watcher.disconnect();
    waiting.length = 0;
  };
}
