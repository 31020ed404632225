export const settingWords = {
  'setting.number': '{name} must be a whole number from {min} to {max}, not "{value}".',
  'setting.choice': '{name} must be one of {choices}, not "{value}".',
  'setting.address': '{name} must be an address such as {example}, not "{value}".',
  'setting.https': '{name} must begin with https:// (with TLS=off, http:// is possible too).',
  'setting.bare_address': '{name} must hold no path, query or password: {example}.',
  'setting.size': '{name} must be a size such as 1024x786, not "{value}".',
  'setting.tls': 'TLS must be auto, off, or two files: cert.pem,key.pem.',
  'setting.database': 'DATABASE_URL must begin with postgres:// (or be left out for SQLite in DATA_DIR).',
  'setting.processes':
    'PROCESSES: several processes need PostgreSQL (DATABASE_URL), since a SQLite database belongs to one.',
  'setting.storage':
    'STORAGE must be file:PATH, a folder that keeps the images, such as file:/srv/bowerbird, or s3+https://KEY:SECRET@host/bucket?region=…; several are separated by commas.',
  'setting.s3':
    'STORAGE: an S3 store must be such as s3+https://KEY:SECRET@s3.example.org/bucket?region=us-east-1; in KEY and SECRET, / is written %2F, + %2B, : %3A, @ %40 and a comma %2C.',
  'setting.s3_bucket': 'STORAGE: the S3 store at {host} needs the name of one bucket after the host: …@{host}/bucket.',
  'setting.s3_keys':
    'STORAGE: {name} needs an access key and a secret key before the host, KEY:SECRET@, both percent-encoded (% itself is %25).',
  'setting.s3_options':
    'STORAGE: {name} may be followed by region=… and style=path or style=host, and by nothing else.',
  'setting.store_twice': 'STORAGE names {name} twice.',
  'setting.store_none': 'STORAGE: every store in it is to leave (-): please name at least one that keeps new images.',
  'setting.redis':
    '{name} must be such as redis://user:password@redis.example.org:6379/0, or begin with rediss:// for TLS; in the password, / is written %2F, + %2B, : %3A, @ %40 and % itself %25.',
  'setting.file': '{name}_FILE names a file that cannot be read: {reason}.',
  'setting.both': '{name} and {name}_FILE are both set: please keep one.',
  'setting.newer_schema':
    'DATABASE_URL leads to a database that a newer release of Bowerbird has changed ({step}): please start that release.',
  'setting.moved':
    'This database was moved into another one: please set DATABASE_URL to that. (`move --undo` takes it into use again.)',
  'setting.host': 'HOST must be a name or an address of this machine, not "{value}".',
  'setting.smtp': 'SMTP_URL must be such as smtp://user:password@mail.example.org:587, or begin with smtps://.',
  'setting.mail_from': 'MAIL_FROM must be such as Bowerbird <no-reply@example.org>, not "{value}".',
  'setting.list': '{name}: {reason}',
  'setting.servers': '{name} must be addresses such as 192.0.2.1:53, separated by commas, not "{value}".',
} as const;
