/** What kind of file an address seems to lead to, as far as a person chooses by it. */
export type PictureType = 'photo' | 'png' | 'gif' | 'other';

const ASKED = /[?&](?:fm|format|output)=(\w+)/i;
const DATA = /^data:image\/(?:x-)?(\w+)/i;
const ENDING = /^https?:\/\/[^?#]*\.(\w+)(?:[?#]|$)/i;

/** Goes by what a `data:` says of itself, what an image service is asked for, and the ending; nothing is fetched. */
export function typeOf(address: string): PictureType {
  const word = (DATA.exec(address.slice(0, 40)) ?? ASKED.exec(address) ?? ENDING.exec(address))?.[1] ?? '';
  if (/^(?:jpe?g|jpe|jfif|pjpe?g|webp|avif)$/i.test(word)) return 'photo';
  if (/^a?png$/i.test(word)) return 'png';
  return /^gif$/i.test(word) ? 'gif' : 'other';
}
