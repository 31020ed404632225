/** Showing again who one is, the second factor, and passkeys. */
export const secondWords = {
  'error.confirm': 'Please show once more that it is you: with your password, or with a passkey.',

  'again.heading': 'Is it you?',
  'again.lead': 'What comes next could give your account away, so we ask once more. It is good for 15 minutes.',
  'again.password': 'Password',
  'again.send': 'Go on',
  'again.wrong': 'This is not your password.',
  'again.no_password':
    'You have no password here. Sign out and in again the way you do, and come back within 15 minutes.',
} as const;
