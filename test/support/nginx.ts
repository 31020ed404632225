import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDir } from '../../src/lib/root.ts';
import { eventually } from './chromium.ts';
import { freePort } from './process.ts';

/** No npm package brings it; Debian's `nginx-light` does. */
export const NGINX =
  ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path)) ?? null;

export interface Proxy {
  base: string;
  end(): Promise<void>;
}

interface Fronted {
  /** `host:port` of the site behind it. */
  upstream: string;
  /** The folder of its STORAGE. */
  media: string;
  /** Certificate and key; plain HTTP without. */
  tls?: { cert: string; key: string };
  /** A folder that it sends from by itself, under /statics/. */
  statics?: string;
}

/** nginx as deploy/nginx.conf sets it up, with the addresses, the certificate and the folder of a test. */
export async function startNginx({ upstream, media, tls, statics }: Fronted): Promise<Proxy> {
  if (!NGINX) throw new Error('nginx is not on this machine');
  const folder = await mkdtemp(join(tmpdir(), 'bowerbird-nginx-'));
  const port = await freePort();
  await mkdir(join(folder, 'logs'));
  const example = await readFile(join(rootDir, 'deploy', 'nginx.conf'), 'utf8');
  const site = example
    .replace('server 127.0.0.1:9000;', `server ${upstream};`)
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port}${tls ? ' ssl' : ''};`)
    .replace(/^ {2}ssl_certificate .*$/m, tls ? `  ssl_certificate ${tls.cert};` : '')
    .replace(/^ {2}ssl_certificate_key .*$/m, tls ? `  ssl_certificate_key ${tls.key};` : '')
    .replaceAll('/srv/bowerbird/media', media)
    .replace(
      '  location / {',
      `${statics ? `location /statics/ { alias ${statics}/; sendfile on; tcp_nopush on; }` : ''}\n  location / {`,
    );
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const conf = `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    events { worker_connections 256; }
    http { access_log off; default_type application/octet-stream; ${places.join(' ')} ${site} }`;
  await writeFile(join(folder, 'nginx.conf'), conf);
  const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const base = `http${tls ? 's' : ''}://127.0.0.1:${port}`;
  await eventually('nginx answers', () => answers(port));
  return {
    base,
    async end() {
      child.kill('SIGQUIT');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const answers = async (port: number): Promise<boolean> => {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
};
