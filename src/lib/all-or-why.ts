/**
 * Waits until all of it is over, and then throws what the first that failed has thrown: whoever tidies up after a failure
 * must not do so while something is still being written.
 */
export async function allOrWhy(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
