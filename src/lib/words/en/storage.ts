export const storageWords = {
  'storage.disk_full':
    'There is no room left for new images on this site’s disk. Nothing was saved; please try again later, and tell the site’s operator.',
  'storage.slow':
    'The place where this site keeps its images does not answer. Nothing was saved; please try again in a few minutes.',
  'storage.away':
    'The place where this site keeps its images cannot be reached just now. Nothing was lost; please try again in a minute.',
  'storage.disk_probe':
    'STORAGE {name} cannot be read and written ({code}). Is the disk there, and does it belong to the user that the site runs as?',
  'storage.missing':
    'STORAGE: no longer names {name}, which may hold images. Please name it again, with - in front (STORAGE=…,-{name}) to read it until `storage rebalance` has emptied it; or, if it is lost or has another address now, give it up: bowerbird storage forget {name}',
  'storage.probe': 'STORAGE: {name} was asked to {what}: {answer}',
  'storage.try_list': 'list its bucket',
  'storage.try_write': 'keep an object',
  'storage.try_remove': 'remove an object',
  'storage.answer': 'it answered {status} {code}.',
  'storage.answer_secret': 'it answered {status} {code}. The secret key is not the one of this access key.',
  'storage.answer_key': 'it answered {status} {code}. It does not know the access key.',
  'storage.answer_denied':
    'it answered {status} {code}. Its access key may not do so: it needs to list the bucket, and to get, put and delete objects.',
  'storage.answer_clock': 'it answered {status} {code}. The clock of this machine and its own differ: please set them.',
  'storage.answer_bucket': 'it answered {status} {code}. Please make the bucket first, or correct its name.',
  'storage.answer_region': 'it answered {status} {code}. Please look at region= and style=.',
  'storage.way': 'there came no answer ({code}).',
  'storage.way_name': 'nobody knows the name of its host ({code}).',
  'storage.way_refused': 'nobody listens there ({code}). Is it running, and is the port right?',
  'storage.way_silent': 'there came no answer in time ({code}). Is it running, and does a firewall let us through?',
  'storage.way_scheme':
    'it does not speak as expected ({code}). Is it s3+http:// instead of s3+https://, or the other way round?',
  'storage.way_certificate':
    'its certificate is not good ({code}). For an authority of your own, name its file in NODE_EXTRA_CA_CERTS.',
} as const;
