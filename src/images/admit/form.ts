import type { Tier } from '../../lib/tiers.ts';
import type { Provenance } from '../../lib/provenance.ts';
import type { Visibility } from '../../lib/visibility.ts';

/** What a member says of an image beside its bytes, checked. */
export interface SaveForm {
  title: string;
  caption: string;
  alt: string;
  creator: string;
  licence: string;
  pageUrl: string | null;
  /** What the page there says of itself. */
  provenance: Provenance;
  seenUrl: string | null;
  visibility: Visibility;
  showName: boolean;
  resolution: Tier;
  tags: string[];
  nopin: boolean;
  /** One-time key of the form. */
  once: string | null;
  duplicate: 'ask' | 'keep' | 'replace';
  /** The own image that gets these bytes, with `duplicate` `replace`. */
  replaceId: number | null;
}
