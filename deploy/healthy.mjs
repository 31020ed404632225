// For the health check of a container: asks the site in it whether it lives, and ends with 1 where it does not.
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

const { PORT = '9000', TLS } = process.env;
const end = (code) => process.exit(code);
// Its certificate is for the name that people type; this is the way inside one machine.
const where = { host: '127.0.0.1', port: PORT, path: '/healthz', rejectUnauthorized: false, timeout: 4000 };
(TLS === 'off' ? plain : secure)(where, ({ statusCode }) => end(statusCode === 200 ? 0 : 1))
  .on('timeout', () => end(1))
  .on('error', () => end(1))
  .end();
