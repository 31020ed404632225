export { type Link } from './connect.ts';
export { closeLinks, openLinks, probeLinks, type Links } from './open.ts';
export { probe } from './probe.ts';
