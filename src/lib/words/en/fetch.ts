export const fetchWords = {
  'fetch.bad_address':
    'That is not an address an image can be saved from: it has to begin with http:// or https:// and be at most 8,000 characters long.',
  'fetch.credentials':
    'That address holds a name or a password. Please take them out, everything up to the @, and try again.',
  // One sentence for all that fails before an answer, so that nobody learns what lies behind an address.
  'fetch.unreachable':
    'That address could not be reached from here. If you can see the image in your browser, save or copy it there and drop or paste it here instead.',
  'fetch.http_status': 'The site that has this image answered with {status} instead of the image.',
  'fetch.http_status_refused':
    'The site that has this image does not give it to us (it answered {status}): perhaps one has to be signed in there. Save or copy it in your browser and drop or paste it here instead.',
  'fetch.http_status_missing': 'The site that has this image says that it is not there (it answered {status}).',
  'fetch.http_status_busy':
    'The site that has this image is turning visitors away just now (it answered {status}). Please try again later.',
  'fetch.http_status_broken':
    'The site that has this image is in trouble (it answered {status}). Please try again later.',
  'fetch.redirects':
    'The site that has this image sends us from one address to the next without end (its last answer was {status}), so we stopped.',
  'fetch.empty': 'There was nothing at that address: the answer was empty.',
  'fetch.encoded': 'The site sent the image in a packed form ({encoding}) that we had not asked for and do not open.',
  'fetch.broken_off': 'The connection broke off before the whole image had arrived. Please try again.',
  'fetch.too_large': 'That image has {size}; the most that can be saved is {limit}.',
  'fetch.too_large_counted': 'That image has more than {limit}, which is the most that can be saved.',
  'fetch.too_slow':
    'The image came too slowly, so we stopped. Please try again later, or save it in your browser and drop it here instead.',
  'fetch.disk_full': 'There is no room left on our disk just now, so the image was not saved. Please try again later.',
  'fetch.wrong_entry':
    '“{entry}” is not a host name, an address or a network. Write for example nas.example, nas.example:8080, 192.168.1.5, 192.168.1.5:8080, 192.168.1.0/24, [fd00::5]:8080 or fd00::/64, separated by commas.',
} as const;
