import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import Koa from 'koa';

/** What bare Koa answers to a path: the same status, headers and bytes as the site; those of `file` as a stream. */
export interface BareAnswer {
  status: number;
  headers: Record<string, string>;
  /** base64 */
  body: string;
  file: string | null;
}

const [port, path, certs = ''] = process.argv.slice(2);
const kept = JSON.parse(readFileSync(path ?? '', 'utf8')) as Record<string, BareAnswer>;
const answers = new Map(
  Object.entries(kept).map(([name, answer]) => [name, { ...answer, bytes: Buffer.from(answer.body, 'base64') }]),
);

const app = new Koa();
app.use((ctx) => {
  const answer = answers.get(ctx.path);
  if (!answer) return void (ctx.body = 'none\n');
  ctx.status = answer.status;
  ctx.set(answer.headers);
  ctx.body = answer.file ? createReadStream(answer.file) : answer.bytes;
});
const [cert, key] = ['leaf.pem', 'leaf-key.pem'].map((name) => readFileSync(join(certs, name)));
createServer({ cert, key }, app.callback()).listen(Number(port), 'localhost');
