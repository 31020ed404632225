import { execFileSync } from 'node:child_process';

/** Takes a command apart as a shell does; what would have been run is told instead. */
function wordsOf(command: string, variables: Record<string, string>): string[] {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${command}`;
  const told = execFileSync('/bin/sh', ['-euc', script], { env: variables, encoding: 'utf8' });
  return told.split('\0').slice(0, -1);
}

interface Asked {
  address: string;
  method: string;
  follow: boolean;
  headers: Headers;
  fields: [string, string][];
  isMultipart: boolean;
}

function readWords(words: string[]): Asked {
  const asked: Asked = {
    address: '',
    method: 'GET',
    follow: false,
    headers: new Headers(),
    fields: [],
    isMultipart: false,
  };
  const rest = [...words];
  const next = () => rest.shift() ?? '';
  const field = () => {
    const [name = '', ...value] = next().split('=');
    asked.fields.push([name, value.join('=')]);
    asked.method = 'POST';
  };
  const flags: Record<string, () => void> = {
    '-H': () => asked.headers.append(...(next().split(': ') as [string, string])),
    '-X': () => (asked.method = next()),
    '-L': () => (asked.follow = true),
    '-o': () => void next(),
    '-d': field,
    '-F': () => {
      asked.isMultipart = true;
      field();
    },
  };
  while (rest.length > 0) {
    const word = next();
    const flag = flags[word];
    if (flag) flag();
    else if (word.startsWith('-')) throw new Error(`curl has ${word}, but this test does not`);
    else asked.address = word;
  }
  return asked;
}

/**
 * Does what `curl` would: the examples are run as they stand, on machines that have no curl as well. `find.jpg` is the
 * file that lies in the reader's folder.
 */
export async function curl(command: string, variables: Record<string, string>, file: Buffer): Promise<Response> {
  const { address, method, follow, headers, fields, isMultipart } = readWords(wordsOf(command, variables));
  const body = isMultipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of fields)
    if (value.startsWith('@')) (body as FormData).append(name, new Blob([new Uint8Array(file)]), value.slice(1));
    else body.append(name, value);
  const redirect = follow ? 'follow' : 'manual';
  return fetch(address, { method, headers, redirect, ...(method === 'POST' ? { body } : {}) });
}
