/** Who sees an image: everyone, whoever is signed in, or its owner alone. */
export const VISIBILITIES = ['public', 'members', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
