/** What a room writes to the log; pino fits. */
export interface Log {
  debug(facts: object, text?: string): void;
  info(facts: object, text?: string): void;
  warn(facts: object, text?: string): void;
  error(facts: object, text?: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
