/** What the page that an image was found on says of itself, beside its address; empty where it says nothing. */
export interface Provenance {
  title: string;
  description: string;
  site: string;
  /** As it is written there. */
  date: string;
  /** The address by which the page itself wants to be known, of the same site. */
  address: string | null;
  /** It asks that its images train no machines. */
  noai: boolean;
  /** It asks that searches do not list its images. */
  noindex: boolean;
}

export const NO_PROVENANCE: Provenance = {
  title: '',
  description: '',
  site: '',
  date: '',
  address: null,
  noai: false,
  noindex: false,
};

/** Whether there is anything in it. */
export const isSaid = (provenance: Provenance): boolean => Object.values(provenance).some(Boolean);
