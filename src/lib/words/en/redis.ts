/** What is said of the servers of QUEUE_URL and CACHE_URL. */
export const redisWords = {
  'redis.probe': '{setting}: {name} was asked to keep a key for a second: {answer}',
  'redis.answer_password':
    'it answered “{code}”. Please look at the name and the password in front of the host (user:password@, percent-encoded; :password@ where there is no user).',
  'redis.answer_denied':
    'it answered “{code}”. Its user needs to run scripts, and to read and write keys that begin with bowerbird:.',
  'redis.answer_database': 'it answered “{code}”. Please look at the number behind the host and port.',
  'redis.answer_replica': 'it answered “{code}”. Please name the server that this one copies.',
  'redis.answer_cluster':
    'it answered “{code}”. A cluster of Redis servers is not supported: please name a single one.',
  'redis.answer_unable': 'it answered “{code}”. Please look at its memory, its disk and its log.',
  'redis.answer_other': 'what listens there is no Redis server ({code}).',
  'redis.answer_silent':
    'there came no answer in time ({code}). Is it running, does a firewall let us through, and does it speak TLS (rediss://) on that port?',
  'redis.answer_closed':
    'the connection was closed at once ({code}). Is it redis:// instead of rediss://, or the other way round, and does a Redis server listen there?',
} as const;
