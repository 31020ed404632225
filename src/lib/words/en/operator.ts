/** What the operator reads at the command line, beside what is said of accounts. */
export const operatorWords = {
  'cli.no_number': '{value} is no number of a job.',
  'cli.jobs': 'work that nobody waits for: other sizes, mail, sweeps',
  'cli.jobs_list':
    'how much there is to do, and every job: number, kind, state, tries, when it is due, what went wrong',
  'cli.jobs_state': 'only those',
  'cli.jobs_depth': '{waiting} waiting (the oldest for {oldest} s), {later} later, {running} running, {dead} given up',
  'cli.jobs_retry': 'lets jobs be tried again at once, with all their tries',
  'cli.jobs_retry_dead': 'all that were given up',
  'cli.jobs_which': 'Which jobs? Please give their numbers, or --dead for all that were given up.',
  'cli.jobs_not': 'There is no job {id} to be tried again: it is done, or it runs just now.',
  'cli.jobs_again': { one: '{count} job is tried again.', other: '{count} jobs are tried again.' },
  'cli.storage': 'where the bytes are kept',
  'cli.storage_list': 'each store, what it keeps by the rows of the database, and how much room it has',
  'cli.storage_line': {
    one: '{place}\t{count} file, {bytes}\t{free} free',
    other: '{place}\t{count} files, {bytes}\t{free} free',
  },
  'cli.secrets': 'what signs cookies and forms, and seals the keys of authenticator apps',
  'cli.secrets_rotate': 'puts a new secret in front of the others; nobody is signed out',
  'cli.secrets_drop':
    'does away with the older ones, once the site was started with the new one: seals anew what they have sealed',
  'cli.secrets_set':
    'SECRET is a setting of yours: put this in front of what it says now, with a comma between them, and start the site again.\n{secret}',
  'cli.secrets_rotated': {
    one: 'There is a new secret. Start the site again.',
    other:
      'There is a new secret in front of the older ones ({count} in all). Start the site again; when it runs, `secrets rotate --drop-old` does away with those.',
  },
  'cli.secrets_sealed': {
    one: '{count} key of an authenticator app was sealed anew.',
    other: '{count} keys of authenticator apps were sealed anew.',
  },
  'cli.secrets_lost': {
    one: '{count} key was sealed with a secret that is gone: its owner signs in with a recovery code or a passkey.',
    other: '{count} keys were sealed with secrets that are gone: their owners sign in with recovery codes or passkeys.',
  },
  'cli.secrets_take_out': 'SECRET is a setting of yours: leave only the first in it now, and start the site again.',
  'cli.secrets_dropped': 'The older secrets are gone. Start the site again.',
  'cli.doctor': 'looks at all that the site stands on and says what is wrong; changes nothing',
  'doctor.ok': 'ok',
  'doctor.note': 'note',
  'doctor.wrong': 'WRONG',
  'doctor.settings': 'Settings: the site is {url}.',
  'doctor.settings_wrong': 'Settings: {reason}',
  'doctor.node': 'Node {version}.',
  'doctor.node_ending':
    'Node {version} gets no security fixes any more. Move to the current LTS: decoders of pictures need them most.',
  'doctor.node_old': 'Node {version} is too old: Bowerbird needs 20.19 or later. Move to the current LTS.',
  'doctor.folder': 'DATA_DIR {path} can be written.',
  'doctor.folder_none': 'DATA_DIR {path} is not there yet: the first start makes it.',
  'doctor.folder_wrong': 'DATA_DIR {path} cannot be written ({reason}). Give it to the user that the site runs as.',
  'doctor.secret_set': {
    one: 'SECRET is set.',
    other: 'SECRET is set: {count} of them, the first signs.',
  },
  'doctor.secret': 'The secret in {path} can be read by its owner alone.',
  'doctor.secret_later': 'The secret {path} is not there yet: the first start makes it.',
  'doctor.secret_none':
    'The secret {path} is missing. Bring it back from a backup before you start the site: with a new one authenticator apps no longer work.',
  'doctor.secret_open': 'The secret {path} can be read by others: chmod 600 it, then `secrets rotate`.',
  'doctor.room': 'Disk: {free} free at {path}.',
  'doctor.room_scarce': 'Disk: only {free} free at {path}. Make room soon.',
  'doctor.room_none': 'Disk: {free} free at {path}. Nothing can be saved soon: make room now.',
  'doctor.room_later': 'Disk: there is no folder to look at yet.',
  'doctor.storage': 'STORAGE {place} can be read and written.',
  'doctor.storage_later': 'STORAGE {place} is not there yet: the first start makes it.',
  'doctor.storage_wrong':
    'STORAGE {place} cannot be read and written ({reason}). Is the disk there, and does it belong to the user that the site runs as?',
  'doctor.tls': 'Certificates hold until {date}.',
  'doctor.tls_off': 'Certificates are the business of the proxy in front (TLS=off).',
  'doctor.tls_later': 'Certificate {path} is not there yet: the start makes it.',
  'doctor.tls_unreadable': 'Certificate {path} cannot be read ({reason}).',
  'doctor.tls_clock': 'A certificate is not valid yet ({path}): look at the clock of this machine.',
  'doctor.tls_over': 'Certificate {path} has run out on {date}. Put a new one in its place.',
  'doctor.tls_soon':
    'Certificate {path} runs out on {date}. Put a new one in its place: the site takes it up by itself.',
  'doctor.tls_own_over':
    'Certificate {path} has run out on {date}: the site has not run for long, or cannot write CERTS_DIR. Starting it makes a new one.',
  'doctor.database': 'The database answers, and its schema is that of this release.',
  'doctor.database_later': 'The database {path} is not there yet: the first start makes it.',
  'doctor.database_wrong': 'The database does not answer ({reason}). See DATABASE_URL and DATA_DIR.',
  'doctor.database_damaged':
    'The database {path} is damaged ({damage}). Stop the site, keep a copy of it, and bring back the last backup.',
  'doctor.database_newer': 'A newer release of Bowerbird has changed the database ({step}): start that release.',
  'doctor.database_older': {
    one: 'The schema lacks {count} step: starting this release of the site takes it.',
    other: 'The schema lacks {count} steps: starting this release of the site takes them.',
  },
  'doctor.queue': { one: 'Jobs: {count} waits.', other: 'Jobs: {count} wait.' },
  'doctor.queue_dead': {
    one: 'Jobs: {count} was given up. See `jobs list --state dead`, and let it be tried again with `jobs retry`.',
    other: 'Jobs: {count} were given up. See `jobs list --state dead`, and let them be tried again with `jobs retry`.',
  },
  'doctor.queue_late': {
    one: 'Jobs: {count} waits, for {minutes} minutes now. Does the site run, with ROLE=all or ROLE=worker?',
    other: 'Jobs: {count} wait, the oldest for {minutes} minutes. Does the site run, with ROLE=all or ROLE=worker?',
  },
} as const;
