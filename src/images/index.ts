export { fileSays, fileSaysPart, type FileSays } from './authorship.ts';
export { admit, type Admitted } from './admit/index.ts';
export { savedBefore } from './admit/once.ts';
export type { SaveForm } from './admit/form.ts';
export type { Rescued, Source } from './admit/receive.ts';
export { findByAddress } from './by-address.ts';
export { keptFromPart, type KeptFrom } from './kept-from.ts';
export { listNames, type Placed } from './counts.ts';
export { boardPlace, countAt, placeLists, shownAt, type Shown, type Standing } from './standing.ts';
export { dropDrafts, findDraft, findDrafts, keepDraft, openDraft, sweepDrafts, type Draft } from './drafts.ts';
export { editImage, setBinned, setOwnerDisabled, type EditForm } from './edit.ts';
export { arrived, discard, expect, sweepStrays } from './expected.ts';
export { forget } from './forget.ts';
export {
  asSeenBy,
  findBinnedImage,
  findImage,
  findOwnImage,
  selectImages,
  type Image,
  type ImageRow,
  type TierFile,
} from './image.ts';
export { findOnPage, type FoundPage, type PageSays } from './find/index.ts';
export { holdSeen } from './hold-seen.ts';
export { visibilityUnsaid, type NopinRule } from './nopin.ts';
export { makeTiers } from './make-tiers.ts';
export { findDownload, findFile, type MediaFile } from './media.ts';
export { findPhoto, findPhotoFile, removePhoto, setPhoto, type Photo } from './photos.ts';
export { findProvenance, provenanceByImage, provenancePart } from './provenance.ts';
export { purgeBin } from './purge.ts';
export * from './repair/index.ts';
export * from './tags/index.ts';
export { STEPS, type AtStep, type Progress, type Saving, type Step, type Tools } from './tools.ts';
export { dayOf, DAYS_KEPT, sweepViews } from './count-views.ts';
export { createViews, type Views } from './gather-views.ts';
export { usedByMembers, type Used } from './used.ts';
export { maySee, reachNeededBy, VISIBLE, visibleTo, visibleValues, VISITOR, type Reader } from './visible.ts';
