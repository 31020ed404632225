import type { Device, Member } from '../accounts/index.ts';
import { network } from './edge/limits.ts';
import type { Site } from './visit.ts';

/** Somebody looks at another's image. Whoever is not signed in is told apart by address and browser, for a day. */
export function noteView({ views }: Pick<Site, 'views'>, member: Member | null, device: Device, imageId: number) {
  const who = member ? `member ${member.id}` : `visitor ${network(device.address)} ${device.userAgent.slice(0, 300)}`;
  views.note(imageId, who);
}
