import { createHash } from 'node:crypto';
import { assetPath, readAsset } from '../lib/assets.ts';
import { inLanguage, say, words } from '../lib/words/index.ts';
import { page, text } from './answer.ts';
import type { Visit } from './visit.ts';

/** GET /offline: what an installed site shows where there is no line. */
export const offline = () => page('offline', {}, { title: say('offline.heading') });

const notice = () => `<div class="notice"><div class="notice-body"><p>${words('offline.feed')}</p></div></div>`;

/** What the worker keeps of the site itself; its name changes with any of it. */
function shell() {
  const paths = ['/offline', ...['app.css', 'site.js', 'feed.js', 'favicon.svg'].map(assetPath)];
  const name = createHash('sha256').update(paths.join()).digest('base64url').slice(0, 12);
  return { name: `shell-${name}`, paths, notice: notice() };
}

/** GET /service-worker.js: at the root, or it would stand before no page. */
export const serviceWorker = ({ language }: Visit) => {
  const about = inLanguage(language, () => JSON.stringify(shell()));
  return text('text/javascript; charset=utf-8', `self.SHELL = ${about};\n${readAsset('worker.js')}`);
};
