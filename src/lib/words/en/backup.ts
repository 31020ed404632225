/** What the operator reads of backups, and of moving to another database. */
export const backupWords = {
  'backup.about':
    'puts the site as it is now into a file, while it runs; into a file that has a backup already, only what is new is added',
  'backup.keep': 'keeps so many backups in the file and drops the older ones',
  'backup.no_secret': 'leaves DATA_DIR/secret out: keep it elsewhere, authenticator apps need it',
  'backup.no_number': '{value} is no whole number from 1.',
  'backup.nobody':
    'There is no account in this database: nothing was done. Do DATA_DIR and DATABASE_URL lead to the site?',
  'backup.folder': '{path} is a folder. Please name a file, such as {path}/bowerbird.backup.',
  'backup.cannot_write': '{path} cannot be written ({reason}). Is there a folder {folder}, and may you write in it?',
  'backup.no_file': 'There is no file {path}.',
  'backup.is_none': '{path} is no backup of Bowerbird. It was left as it is.',
  'backup.newer_form': '{path} was written by a newer release of Bowerbird: please use that one.',
  'backup.newer': '{path} is of a newer release of Bowerbird ({step}): please restore it with that one.',
  'backup.damaged': '{path} is damaged ({what}). No site was made of it: please take another backup.',
  'backup.in_use': '{path} is in use: another command is at work with it.',
  'backup.full': 'There is no room left for {path}. The backups that it had are unharmed.',
  'backup.no_run': 'There is no backup {number} in {path}: see `restore {path} --list`.',
  'backup.unfinished': '{path} holds no backup that was brought to its end.',
  'backup.progress_rows': 'rows: {table}',
  'backup.progress_files': '{done} of {total} files, {bytes} of {of}',
  'backup.done': {
    one: '{path} holds the site as it is now: {rows} rows and {count} file, {bytes}.',
    other: '{path} holds the site as it is now: {rows} rows and {count} files, {bytes}.',
  },
  'backup.dropped': { one: '{count} older backup was dropped.', other: '{count} older backups were dropped.' },
  'backup.secret_in': 'DATA_DIR/secret is in it: keep the file where nobody else can read it.',
  'backup.secret_left': 'DATA_DIR/secret is not in it: keep a copy elsewhere, authenticator apps need it.',
  'backup.secret_set': 'SECRET is a setting of yours and not in it: keep a copy elsewhere, authenticator apps need it.',
  'backup.lost': 'missing or damaged\t{key}',
  'backup.lost_some': {
    one: '{count} file that the database names is missing or damaged, and not in the backup. See `images check`.',
    other: '{count} files that the database names are missing or damaged, and not in the backup. See `images check`.',
  },
  'backup.run': '{id}\t{date}\t{accounts} accounts\t{images} images\t{bytes}\t{site}',
  'restore.about': 'makes the site of a backup again, on a machine where there is none yet',
  'restore.list': 'prints the backups that the file holds, with their numbers',
  'restore.run': 'the backup of that number; the newest when left out',
  'restore.check': 'reads everything as restoring it would, and puts nothing back',
  'backup.well': {
    one: '{path} is well: the backup of {date}, with {count} file, {bytes}.',
    other: '{path} is well: the backup of {date}, with {count} files, {bytes}.',
  },
  'backup.site_runs': 'A site is at work with DATA_DIR. Please stop it first.',
  'backup.not_empty':
    'There is a site in this database already, and it was left as it is. Please restore into an empty DATA_DIR, or with a DATABASE_URL that leads to an empty database.',
  'backup.no_room': 'There is no room for {bytes} of files where STORAGE leads to. Nothing was restored.',
  'backup.secret_is_set':
    'SECRET is a setting of yours: it has to be the one that the site had, or authenticator apps no longer work.',
  'backup.secret_lacks':
    'The backup holds no secret: bring back DATA_DIR/secret (or SECRET) of the site before you start it, or authenticator apps no longer work.',
  'backup.restored': {
    one: 'Restored from {path}, as the site was at {date}: {rows} rows and {count} file, {bytes}, all as they were.',
    other: 'Restored from {path}, as the site was at {date}: {rows} rows and {count} files, {bytes}, all as they were.',
  },
  'backup.lost_before': {
    one: '{count} file was missing or damaged already when the backup was made. See `images check`.',
    other: '{count} files were missing or damaged already when the backup was made. See `images check`.',
  },
  'backup.start_now': 'Start the site. Everybody signs in again, and the search fills by itself within a few minutes.',
  'move.about':
    'copies the database into another one (from SQLite to PostgreSQL, or back), and has the site kept there from then on',
  'move.to': 'postgres://… or sqlite:/path/to/bowerbird.sqlite',
  'move.copy': 'copies alone: the site stays where it is, and what is written from now on is not in the copy',
  'move.undo': 'takes the old database into use again: what was written into the new one is not in it',
  'move.where': 'Where to? Please say --to postgres://user:password@host/database (or sqlite: and a path).',
  'move.not_empty':
    'There is a site in the new database already, and both were left as they are. Please give an empty one: DROP DATABASE and CREATE DATABASE, where it is the copy of another try.',
  'move.same': 'The site’s database is that one already.',
  'move.unreachable': 'The database at {place} could not be opened ({reason}). Nothing was moved.',
  'move.progress': 'table {n} of {tables}: {table}, {done} rows',
  'move.compares': 'comparing table {n} of {tables}: {table}',
  'move.was_copied': 'The new database holds a copy of this one already, with the same counts and hashes.',
  'move.checked': '{tables} tables with {rows} rows are there, with the counts and hashes that they had.',
  'move.differs': 'Table {table} did not come out as it was. Nothing was moved: please report this.',
  'move.copied': 'Copied. The site stays with the database that it has.',
  'move.moved':
    'Moved. Stop the site and start it with DATABASE_URL set to the new database (without it for DATA_DIR/bowerbird.sqlite): the old one takes nothing new from now on, and a site that still runs on it answers 503 to whoever writes. DATA_DIR and STORAGE stay as they are.',
  'move.undone': 'The old database takes writes again.',
  'move.not_moved': 'This database was not moved: nothing was done.',
} as const;
