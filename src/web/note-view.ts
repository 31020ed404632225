import type { Image } from '../images/index.ts';
import { network } from './edge/limits.ts';
import type { Visit } from './visit.ts';

/** Somebody looks at an image. Whoever is not signed in is told apart by address and browser, for a day. */
export function noteView({ site, member, device }: Visit, image: Image) {
  if (image.mine) return;
  const who = member ? `member ${member.id}` : `visitor ${network(device.address)} ${device.userAgent.slice(0, 300)}`;
  site.views.note(image.id, who);
}
