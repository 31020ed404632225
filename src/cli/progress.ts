/** Where nobody looks on, a line now and then is enough for whoever reads it later. */
const EVERY_MS = 10_000;
const CLEAR_LINE = '\r\u001B[K';

/** Shows how far something is: in one line that changes, or a line now and then. */
export function progressOn(write: (text: string) => void, live: boolean): (line: string | null) => void {
  let quietUntil = performance.now() + EVERY_MS;
  return (line) => {
    if (live) return write(line === null ? CLEAR_LINE : CLEAR_LINE + line);
    if (line === null || performance.now() < quietUntil) return;
    quietUntil = performance.now() + EVERY_MS;
    write(`${line}\n`);
  };
}
