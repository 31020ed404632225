import autocannon from 'autocannon';
import type { Running } from './servers.ts';

export interface Load {
  path: string;
  headers: Record<string, string>;
  /** What the answers must be; anything else ends the measurement. */
  status: number;
}

export interface Measured {
  /** Answers a second. */
  rate: number;
  /** Milliseconds of the server's processor time for each answer. */
  cpuMs: number;
  p50: number;
  p99: number;
}

const CONNECTIONS = 16;

/** Asks for one address over and over again, with 16 connections that each wait for their answer. */
export async function press(server: Running, { path, headers, status }: Load, seconds: number): Promise<Measured> {
  const before = await server.cpu();
  const result = await autocannon({
    url: server.base + path,
    headers,
    connections: CONNECTIONS,
    duration: seconds,
    tlsOptions: { rejectUnauthorized: false },
  });
  const answered = Object.values(result.statusCodeStats as unknown as Record<string, { count: number }>);
  const total = answered.reduce((sum, { count }) => sum + count, 0);
  const right = (result.statusCodeStats as unknown as Record<string, { count: number }>)[status]?.count ?? 0;
  if (right === 0 || right !== total || result.errors > 0)
    throw new Error(`${path} answered ${JSON.stringify(result.statusCodeStats)} with ${result.errors} errors`);
  const used = (await server.cpu()) - before;
  return {
    rate: total / result.duration,
    cpuMs: (1000 * used) / total,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
