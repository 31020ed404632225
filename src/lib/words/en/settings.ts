export const settingWords = {} as const;
