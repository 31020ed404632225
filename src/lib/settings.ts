import { readFileSync } from 'node:fs';
import { speak, say, type Params, type WordKey } from './words/index.ts';

/** A setting that stops the start: its message is one sentence that names it. A secret's value is never in it. */
export class WrongSetting extends Error {
  constructor(key: WordKey, params: Params) {
    super(speak(say(key, params)));
    this.name = 'WrongSetting';
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one environment; every reader answers the checked value or throws a WrongSetting. */
export class Settings {
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  /** The text of a setting, or of the file that `NAME_FILE` names; '' counts as not set. */
  text(name: string): string | undefined {
    const plain = this.#env[name]?.trim() || undefined;
    const file = this.#env[`${name}_FILE`]?.trim() || undefined;
    if (!file) return plain;
    if (plain) throw new WrongSetting('setting.both', { name });
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch (error) {
      throw new WrongSetting('setting.file', { name, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
    }
  }

  whole(name: string, fallback: number, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,16}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    throw new WrongSetting('setting.number', { name, min: String(min), max: String(max), value });
  }

  choice<const T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found) return found;
    throw new WrongSetting('setting.choice', { name, choices: choices.join(', '), value });
  }

  list(name: string): string[] {
    const parts = this.text(name)?.split(',') ?? [];
    return parts.map((part) => part.trim()).filter(Boolean);
  }
}
