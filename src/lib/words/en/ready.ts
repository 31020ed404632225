/** What /readyz says to the operator. */
export const readyWords = {
  'ready.ok': 'ok',
  'ready.away': 'does not answer: the log says why',
  'ready.wakes_away': 'does not answer: workers look for jobs by themselves',
  'ready.cache_away': 'does not answer: limits are counted without it, and pages kept by each process',
  'ready.queue': '{waiting} waiting (the oldest for {oldest} s), {dead} given up',
  'ready.disk': '{free} free',
  'ready.disk_scarce': 'only {free} free: make room now',
} as const;
