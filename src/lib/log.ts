/** What a room writes to the log; pino fits. */
export interface Log {
  debug(facts: object, text?: string): void;
  info(facts: object, text?: string): void;
  warn(facts: object, text?: string): void;
  error(facts: object, text?: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

const MINUTE = 60_000;

/** Says something once a minute, however often there is reason to. */
export function onceAMinute<Said extends readonly unknown[]>(say: (...said: Said) => void): (...said: Said) => void {
  // Not the wall clock: one that is set back would silence the log.
  let quietUntil = -1;
  return (...said) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + MINUTE;
    say(...said);
  };
}
