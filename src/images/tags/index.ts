export { dropAlias, finishRetagging, makeAlias, readAliases, type Alias } from './aliases.ts';
export { changeOwnTag } from './change.ts';
export { tagPlace } from './counts.ts';
export { completeTag, findTag, readOwnTags, readTagList, type Tag, type TagPage } from './lists.ts';
export { fitsTag, foldTag, MAX_TAG, MAX_TAGS, readTags } from './names.ts';
export { tagsOf, tagsPart } from './set.ts';
