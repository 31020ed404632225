// `npm run trust`, `npm run trust -- --print`, `npm run trust -- --remove`.
import { homedir } from 'node:os';
import { runTrust } from './trusting.ts';

process.exitCode = await runTrust(process.argv.slice(2), {
  platform: process.platform,
  home: homedir(),
  root: '/',
  env: process.env,
  uid: process.getuid?.() ?? null,
  interactive: process.stdin.isTTY && process.stdout.isTTY,
  print: (text) => void process.stdout.write(`${text}\n`),
});
