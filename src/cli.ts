import { runCommand } from './cli/run.ts';

/** The operator's commands: `npm run bowerbird -- …`. They work beside a running site, over the same database. */
// Whoever reads the beginning alone (`… | head`) has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  live: process.stderr.isTTY,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
