/** Milliseconds before each new try where an address does not tell yet, or no more. */
const WAITS = [500, 1000, 1000, 2000, 3000, 5000, 8000, 13_000, 21_000, 34_000];

/**
 * Follows something that goes on at an address of ours, until `told` answers that it is over.
 *
 * @returns stops it before
 */
export function follow<Data>(address: string, event: string, told: (data: Data) => boolean): () => void {
  let stream: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const stop = () => {
    stream?.close();
    clearTimeout(again);
  };
  const open = () => {
    stream = new EventSource(address);
    stream.addEventListener(event, ({ data }: MessageEvent<string>) => told(JSON.parse(data) as Data) && stop());
    stream.addEventListener('gone', stop);
    stream.addEventListener('error', () => {
      // A line that broke is taken up again by the browser itself; an answer that is no stream is not.
      const wait = WAITS[tries];
      if (stream?.readyState !== EventSource.CLOSED || wait === undefined) return;
      tries += 1;
      again = setTimeout(open, wait);
    });
  };
  open();
  return stop;
}
