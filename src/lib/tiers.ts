/** The tiers of design.md §4, largest first: the box an image is fitted into, never enlarged. */
export const TIER_BOXES = {
  very_high: { width: 1024, height: 1024 },
  high: { width: 1024, height: 786 },
  medium: { width: 786, height: 786 },
  low: { width: 124, height: 124 },
} as const;

export type BoxTier = keyof typeof TIER_BOXES;
/** `full` is as large as the original and exists only where the owner chose it. */
export type Tier = BoxTier | 'full';
export type Quality = BoxTier;

/** A member's photo is one size of its own, a square like `low`: 400 pixels a side. */
const PHOTO = { width: 400, height: 400 };
/** Whatever the imaging children make: the tiers of images, and the photos of members. */
export type Rendition = Tier | 'photo';

/** Squares are cropped to what matters, and always still. */
export const isSquare = (rendition: Rendition): boolean => rendition === 'low' || rendition === 'photo';

/** What a rendition is at most. */
export const boxOf = (rendition: Exclude<Rendition, 'full'>) => (rendition === 'photo' ? PHOTO : TIER_BOXES[rendition]);

export const BOX_TIERS = Object.keys(TIER_BOXES) as BoxTier[];
/** From the smallest to the largest: the order in which `resolution` opens them to others. */
export const TIER_ORDER: readonly Tier[] = ['low', 'medium', 'high', 'very_high', 'full'];
export const RENDITIONS: readonly Rendition[] = [...TIER_ORDER, 'photo'];

export const isTier = (text: string): text is Tier => (TIER_ORDER as readonly string[]).includes(text);

/** The tiers that others may see of an image whose owner chose `resolution`. */
export const tiersUpTo = (resolution: Tier): readonly Tier[] => TIER_ORDER.slice(0, TIER_ORDER.indexOf(resolution) + 1);

/** The highest tier whose box has no more pixels than the source (2000 × 500 is high, 800 × 600 low). */
export function qualityOf(width: number, height: number): Quality {
  const pixels = width * height;
  return BOX_TIERS.find((tier) => TIER_BOXES[tier].width * TIER_BOXES[tier].height <= pixels) ?? 'low';
}

/** The size of a tier: `low` and photos are square crops, the others fit inside; none is larger than the source. */
export function tierSize(tier: Rendition, width: number, height: number): { width: number; height: number } {
  if (tier === 'full') return { width, height };
  const box = boxOf(tier);
  if (tier === 'low') return { width: Math.min(box.width, width), height: Math.min(box.height, height) };
  if (tier === 'photo') return square(Math.min(box.width, width, height));
  const scale = Math.min(1, box.width / width, box.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const square = (side: number) => ({ width: side, height: side });
