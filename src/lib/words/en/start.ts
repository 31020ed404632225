export const startWords = {
  'start.at': 'Bowerbird is at {url}',
  'start.join': 'Join here:               {url}',
  'start.authority': 'Certificate authority:   {path}',
  'start.trust': 'Trust it once:           npm run trust',
  'start.data': 'Everything is kept in:   {path}',
  'start.mail': 'Mail is written to:      {path}',
  'start.in_use':
    'DATA_DIR: another Bowerbird process is at work with the database in {path}. Please stop it first; several at once need PostgreSQL (DATABASE_URL).',
  'start.damaged':
    'The database {path} is damaged: {damage}. Nothing was changed. Please restore the newest backup ("Backups" in docs/operators.md).',
  'start.log_gone':
    '{path}-wal is not there, though {path}-shm is: whoever took it away took what was committed last. Please bring it back. To start without it all the same, remove {path}-shm.',
  'start.old_node': 'This release of Node gets no security fixes any more: please move to the current LTS.',
} as const;
