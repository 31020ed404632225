import type { MemberVisit, Visit } from './visit.ts';

/** From where a visit comes, for what is written down and mailed. */
export const circumstances = ({ device, site }: Visit) => ({ address: device.address, site: site.config.baseUrl });

/** Whose account is being changed, and from where. */
export const fromOf = (visit: MemberVisit) => ({ accountId: visit.member.id, ...circumstances(visit) });
