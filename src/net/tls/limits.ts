import { constants } from 'node:crypto';
import type { SecureServerOptions } from 'node:http2';
import type { SecureContextOptions } from 'node:tls';
import type { ServerCertificate } from './own.ts';

/** How long a connection may keep us waiting, in milliseconds. Tests make them short. */
export interface Limits {
  /** From the connection to its first byte, and from that to the end of the TLS handshake or the plain request. */
  silence: number;
  /** From the connection (or the previous answer) to the end of a request's headers. */
  headers: number;
  /** From a request's beginning to the end of its body. */
  request: number;
  /** An HTTP/1.1 connection between two requests. */
  keepAlive: number;
  /** An HTTP/2 session, or an HTTP/1.1 connection with a request under way, on which nothing moves. */
  stillness: number;
  /** The longest life of an HTTP/2 session; its streams may finish. */
  sessionAge: number;
  /** How often the certificates are looked at. */
  renewal: number;
  /** Connections at once on each address; more are closed at once. */
  connections: number;
  /** Streams that one session's client may break off within ten seconds (rapid reset). */
  resets: number;
}

export const defaultLimits: Limits = {
  silence: 10_000,
  headers: 20_000,
  request: 300_000, // 25 MB over a slow line
  keepAlive: 75_000, // longer than the 60 s for which proxies keep theirs
  stillness: 120_000,
  sessionAge: 3_600_000,
  renewal: 3_600_000, // hourly, since a laptop that sleeps stretches every timer
  connections: 8192,
  resets: 200,
};

/** Timeouts of an HTTP/1.1 server; they are looked at often enough for the shortest of them. */
export const http1Options = (limits: Limits) => ({
  headersTimeout: limits.headers,
  requestTimeout: limits.request,
  keepAliveTimeout: limits.keepAlive,
  connectionsCheckingInterval: Math.ceil(Math.min(5000, limits.headers / 4)),
  maxHeaderSize: 16_384,
  requireHostHeader: true,
});

/** A forward-secret, authenticated cipher or none; TLS 1.0 and 1.1 and renegotiation are refused. */
export const secureOptions = ({ cert, key }: ServerCertificate): SecureContextOptions => ({
  cert,
  key,
  minVersion: 'TLSv1.2',
  ciphers:
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL',
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
});

export const http2Options = (limits: Limits): SecureServerOptions => ({
  allowHTTP1: true,
  handshakeTimeout: limits.silence, // to its end: single bytes do not start it over
  maxSessionMemory: 10, // MB
  maxSettings: 16,
  maxHeaderListPairs: 128,
  maxSessionInvalidFrames: 100,
  maxSessionRejectedStreams: 100,
  maxOutstandingPings: 4,
  unknownProtocolTimeout: 1000,
  settings: { enablePush: false, maxConcurrentStreams: 100, maxHeaderListSize: 16_384, initialWindowSize: 512 * 1024 },
});

/** Bytes on their way to us in one HTTP/2 session, whatever its streams: the 64 kB of the standard make uploads crawl. */
export const SESSION_WINDOW = 1024 * 1024;
