import { imageJson } from '../api/images.ts';
import { imageBell } from '../lib/bells.ts';
import { following } from './answer.ts';
import { imageId } from './params.ts';
import { findOrAsk } from './sight.ts';
import type { Visit } from './visit.ts';

/** Another process may make the sizes: then no bell rings here. */
const LOOK_EVERY_MS = 2000;

/** GET /images/ID/state: how far its sizes are, now or as it goes on. */
export function imageState(visit: Visit) {
  const id = imageId(visit);
  return following('state', imageBell(id), LOOK_EVERY_MS, async () => {
    const image = await findOrAsk(visit);
    return { json: { image: imageJson(image) }, over: image.state === 'ready' };
  });
}
