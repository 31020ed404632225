import { readdirSync, readFileSync } from 'node:fs';

function read(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // ended since it was listed, or another user's
  }
}

// In /proc/PID/stat the name stands in brackets and may hold anything; state, parent and group follow the last bracket.
function groupOf(pid) {
  const [state, , group] = read(`/proc/${pid}/stat`).split(') ').at(-1).split(' ');
  return state === 'Z' ? 0 : Number(group);
}

/**
 * The processes that a test run left behind: those of its process group, and those that carry its mark in their
 * environment. Empty where there is no /proc.
 */
export function leftovers(group, mark) {
  let pids = [];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids
    .filter((pid) => Number(pid) !== process.pid)
    .filter((pid) => groupOf(pid) === group || read(`/proc/${pid}/environ`).includes(mark))
    .map((pid) => ({
      pid: Number(pid),
      command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 200),
    }))
    .filter(({ command }) => command !== '');
}
