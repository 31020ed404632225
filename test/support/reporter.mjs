// Prints one line for each finished test file, failures in full, and tells test/run.mjs how it went.
import { relative, sep } from 'node:path';

const out = process.env.BUILD_DIR ?? 'dist';
const nameOf = (path) => relative(`${out}${sep}test`, path).replace(/\.test\.js$/, '');

/** A file that could not even be loaded counts as one failed test: the last line must never say that all went well. */
const brokenIn = (result) => (result.testExecError || result.failureMessage ? Math.max(1, result.numFailingTests) : 0);

function lineOf(name, result) {
  const { start, end } = result.perfStats;
  const skipped = result.numPendingTests + result.numTodoTests;
  const counts = [
    `${result.numPassingTests} passed`,
    brokenIn(result) > 0 && `${brokenIn(result)} failed`,
    skipped > 0 && `${skipped} skipped`,
  ];
  const verdict = brokenIn(result) > 0 ? 'FAIL' : 'ok  ';
  const seconds = ((end - start) / 1000).toFixed(1);
  return `${verdict} ${name.padEnd(32)} ${counts.filter(Boolean).join(', ')} (${seconds} s)\n`;
}

export default class Reporter {
  #counts = { passed: 0, failed: 0, skipped: 0 };

  constructor() {
    // Whoever kills test/run.mjs means the tests as well: they must not go on alone.
    process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
    process.channel?.unref();
  }

  onTestFileStart(test) {
    process.send?.({ began: nameOf(test.path) });
  }

  onTestFileResult(test, result) {
    const name = nameOf(test.path);
    this.#counts.passed += result.numPassingTests;
    this.#counts.failed += brokenIn(result);
    this.#counts.skipped += result.numPendingTests + result.numTodoTests;
    process.stdout.write(lineOf(name, result));
    for (const { type, message } of result.console ?? []) process.stdout.write(`     ${type}: ${message}\n`);
    if (result.failureMessage) process.stdout.write(`\n${result.failureMessage}\n`);
    process.send?.({ ended: name });
  }

  onRunComplete(_contexts, results) {
    if (results.runExecError) this.#counts.failed += 1;
    process.send?.({ counts: this.#counts });
  }
}
