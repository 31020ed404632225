export { makeAgain } from './again.ts';
export { checkUnder, removeStray, type Looked, type Looking, type Mismatch, type Owned } from './check.ts';
export { askTiers, lackingTiers } from './lacking.ts';
export { beginRendering, findRendering, goOn, renderImages, type Rendered, type Rendering } from './render.ts';
export { askRepair, repairTiers } from './repair.ts';
export { advance, beginRound, findRound, takeRound, type Round } from './rounds.ts';
