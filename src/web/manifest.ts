import { words } from '../lib/words/index.ts';
import { assetPath } from '../lib/assets.ts';
import { text } from './answer.ts';

const icon = (name: string, size: number, purpose: string) => ({
  src: assetPath(name),
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

const about = () => ({
  id: '/',
  name: words('site.name'),
  short_name: words('site.name'),
  description: words('foot.about'),
  start_url: '/account',
  scope: '/',
  display: 'standalone',
  background_color: '#fbf9f5',
  theme_color: '#fbf9f5',
  icons: [
    icon('icon-192.png', 192, 'any'),
    icon('icon-512.png', 512, 'any'),
    icon('icon-maskable-512.png', 512, 'maskable'),
  ],
  shortcuts: [
    { name: words('nav.save'), url: '/images/create' },
    { name: words('nav.feed'), url: '/images' },
  ],
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'image', accept: ['image/*'] }] },
  },
});

/** GET /manifest.webmanifest: what a phone needs to keep the site as an app, and to offer it where things are shared. */
export const manifest = () => text('application/manifest+json; charset=utf-8', JSON.stringify(about()));
