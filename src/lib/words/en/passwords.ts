export const passwordWords = {
  'password.change': 'Change your password',
  'password.change.lead': 'Everywhere else you will be signed out. A mail tells you that it happened.',
  'password.old': 'Your password until now',
  'password.next': 'New password',
  'password.next.hint': 'At least 8 characters. Long is good: a few words that only you would put together.',
  'password.next2': 'The new password again',
  'password.change.send': 'Change it',
  'password.wrong_old': 'This is not your password. Please try again.',
  'password.changed': 'Your password is changed',
  'password.changed.lead': 'Everywhere else you have been signed out.',
  'password.changed.on': 'Where you are signed in',
  'password.forgotten': 'Forgotten your password?',

  'password.reset': 'Set a new password',
  'password.reset.lead': 'Tell us the email address of your account, and we send a link to it.',
  'password.reset.send': 'Send the link',
  'password.sent': 'Look into your mail',
  'password.sent.lead':
    'If the address has an account, a mail with a link is on its way to it. The link works once, for an hour.',
  'password.sent.none':
    'Nothing there after a few minutes? Look among the unwanted mail, or check the address and try again.',
  'password.again': 'Ask for a new link',
  'password.new': 'Choose a new password',
  'password.new.lead': 'Everywhere you were signed in you will be signed out.',
  'password.new.send': 'Set this password',
  'password.complete.lead': 'You can sign in with it now.',

  'link.heading': 'This link is over',
  'link.over': 'This link has been used already, or its hour has passed. You can ask for a new one.',

  'strength.short': 'Still too short.',
  'strength.easy': 'This is tried first: easy to guess.',
  'strength.fair': 'Could be longer.',
  'strength.good': 'Good.',
  'strength.great': 'Very good.',
} as const;
