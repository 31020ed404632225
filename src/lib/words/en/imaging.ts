export const imagingWords = {} as const;
