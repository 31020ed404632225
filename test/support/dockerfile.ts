import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../../src/lib/root.ts';

export interface Copy {
  /** The stage that it is taken from; null: the project's folder. */
  from: string | null;
  sources: string[];
  to: string;
}

export interface Stage {
  name: string;
  image: string;
  copies: Copy[];
  runs: string[];
  env: Record<string, string>;
  user: string | null;
  /** As they stand in JSON: what is run, and how its health is looked at. */
  command: string[];
  health: string[];
}

const words = (text: string) => text.trim().split(/\s+/);
const json = (text: string) => JSON.parse(text.slice(text.indexOf('['))) as string[];

/** What a Dockerfile says, stage by stage, as far as ours says anything. */
export function readDockerfile(text = readFileSync(join(rootDir, 'Dockerfile'), 'utf8')): Stage[] {
  const stages: Stage[] = [];
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n');
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const [, verb = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (verb === 'FROM') stages.push(begun(rest));
    else take(stages.at(-1), verb, rest);
  }
  return stages;
}

function begun(rest: string): Stage {
  const [image = '', , name = ''] = words(rest);
  return { name, image, copies: [], runs: [], env: {}, user: null, command: [], health: [] };
}

function take(stage: Stage | undefined, verb: string, rest: string) {
  if (!stage) throw new Error(`${verb} before the first FROM`);
  if (verb === 'COPY') stage.copies.push(copyOf(rest));
  else if (verb === 'RUN') stage.runs.push(rest);
  else if (verb === 'ENV')
    for (const pair of words(rest)) stage.env[pair.split('=')[0] ?? ''] = pair.slice(pair.indexOf('=') + 1);
  else if (verb === 'USER') stage.user = rest;
  else if (verb === 'CMD') stage.command = json(rest);
  else if (verb === 'HEALTHCHECK') stage.health = json(rest);
  else if (!['WORKDIR', 'VOLUME', 'EXPOSE'].includes(verb)) throw new Error(`nobody here knows ${verb}`);
}

function copyOf(rest: string): Copy {
  const parts = words(rest);
  const from = /^--from=(.+)$/.exec(parts[0] ?? '')?.[1] ?? null;
  const paths = from ? parts.slice(1) : parts;
  return { from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '' };
}
