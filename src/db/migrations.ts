import type { Knex } from 'knex';
import * as m001 from '../../migrations/001_accounts.ts';
import * as m002 from '../../migrations/002_sessions.ts';
import * as m003 from '../../migrations/003_images.ts';
import * as m004 from '../../migrations/004_files.ts';
import * as m005 from '../../migrations/005_jobs.ts';
import * as m006 from '../../migrations/006_list_counts.ts';
import * as m007 from '../../migrations/007_saves.ts';
import * as m008 from '../../migrations/008_likeness.ts';
import * as m009 from '../../migrations/009_boards.ts';
import * as m010 from '../../migrations/010_tags.ts';
import * as m011 from '../../migrations/011_social.ts';
import * as m012 from '../../migrations/012_activity.ts';
import * as m013 from '../../migrations/013_audit_log.ts';
import * as m014 from '../../migrations/014_account_tokens.ts';
import * as m015 from '../../migrations/015_invitations.ts';
import * as m016 from '../../migrations/016_fresh_sessions.ts';
import * as m017 from '../../migrations/017_second_factors.ts';
import * as m018 from '../../migrations/018_passkeys.ts';
import * as m019 from '../../migrations/019_access_tokens.ts';
import * as m020 from '../../migrations/020_profiles.ts';
import * as m021 from '../../migrations/021_exports.ts';
import * as m022 from '../../migrations/022_deletions.ts';
import * as m023 from '../../migrations/023_identities.ts';
import * as m030 from '../../migrations/030_rounds.ts';
import * as m033 from '../../migrations/033_likes_in_order.ts';
import * as m034 from '../../migrations/034_mentions.ts';
import * as m037 from '../../migrations/037_board_places.ts';
import * as m038 from '../../migrations/038_board_people.ts';
import * as m039 from '../../migrations/039_looks.ts';
import * as m041 from '../../migrations/041_search.ts';
import * as m042 from '../../migrations/042_authorship.ts';
import * as m045 from '../../migrations/045_views.ts';
import * as m046 from '../../migrations/046_notices.ts';
import * as m047 from '../../migrations/047_notice_mails.ts';
import * as m048 from '../../migrations/048_tag_places.ts';
import * as m049 from '../../migrations/049_feed_keys.ts';
import * as m050 from '../../migrations/050_most_liked.ts';
import * as m054 from '../../migrations/054_many.ts';
import * as m055 from '../../migrations/055_provenance.ts';
import * as m059 from '../../migrations/059_addresses.ts';
import * as m061 from '../../migrations/061_stores.ts';
import * as m069 from '../../migrations/069_rate_limits.ts';
import * as m076 from '../../migrations/076_language.ts';

interface Migration {
  up(db: Knex): Promise<void>;
  down(db: Knex): Promise<void>;
}

/** Every step of the schema, in order. A step that has been released is never changed; a new one is added. */
const steps: readonly (readonly [string, Migration])[] = [
  ['001_accounts', m001],
  ['002_sessions', m002],
  ['003_images', m003],
  ['004_files', m004],
  ['005_jobs', m005],
  ['006_list_counts', m006],
  ['007_saves', m007],
  ['008_likeness', m008],
  ['009_boards', m009],
  ['010_tags', m010],
  ['011_social', m011],
  ['012_activity', m012],
  ['013_audit_log', m013],
  ['014_account_tokens', m014],
  ['015_invitations', m015],
  ['016_fresh_sessions', m016],
  ['017_second_factors', m017],
  ['018_passkeys', m018],
  ['019_access_tokens', m019],
  ['020_profiles', m020],
  ['021_exports', m021],
  ['022_deletions', m022],
  ['023_identities', m023],
  ['030_rounds', m030],
  ['033_likes_in_order', m033],
  ['034_mentions', m034],
  ['037_board_places', m037],
  ['038_board_people', m038],
  ['039_looks', m039],
  ['041_search', m041],
  ['042_authorship', m042],
  ['045_views', m045],
  ['046_notices', m046],
  ['047_notice_mails', m047],
  ['048_tag_places', m048],
  ['049_feed_keys', m049],
  ['050_most_liked', m050],
  ['054_many', m054],
  ['055_provenance', m055],
  ['059_addresses', m059],
  ['061_stores', m061],
  ['069_rate_limits', m069],
  ['076_language', m076],
];

export const migrations: Knex.MigrationSource<readonly [string, Migration]> = {
  getMigrations: async () => [...steps],
  getMigrationName: ([name]) => name,
  getMigration: async ([, step]) => step,
};
