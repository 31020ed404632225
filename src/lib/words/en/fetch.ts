export const fetchWords = {} as const;
