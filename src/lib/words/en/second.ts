/** Showing again who one is, the second factor, and passkeys. */
export const secondWords = {
  'error.confirm': 'Please show once more that it is you: with your password, or with a passkey.',
  'error.second_factor': 'This site asks its members for a second factor. Please set one up first.',

  'again.heading': 'Is it you?',
  'again.lead': 'What comes next could give your account away, so we ask once more. It is good for 15 minutes.',
  'again.password': 'Password',
  'again.send': 'Go on',
  'again.passkey': 'Use a passkey',
  'again.wrong': 'This is not your password.',
  'again.no_password':
    'You have no password here. Sign out and in again the way you do, and come back within 15 minutes.',

  'code.heading': 'One more step',
  'code.lead': 'Your authenticator app shows a code of six digits. Without the app, give one of your recovery codes.',
  'code.code': 'Code',
  'code.hint': 'Each code counts once. If the app’s codes do not work, check that the clock of your phone is right.',
  'code.send': 'Sign in',
  'code.other': 'Sign in as somebody else',
  'code.needed': 'A code of your authenticator app is needed as well: send it to /account/login/code.',
  'code.wrong': 'This code does not fit, or was used before. Wait for the next one, and check the clock of your phone.',
  'code.expired': 'That took too long, or something has changed meanwhile. Please sign in again.',
  'code.recovery_used': {
    one: 'You signed in with a recovery code. One is left: make new ones under Second factor.',
    other: 'You signed in with a recovery code. {count} are left; you can make new ones under Second factor.',
  },

  'two_factor.heading': 'Two-factor sign-in',
  'two_factor.lead':
    'With a second factor your password alone opens nothing: signing in also takes a code that an app on your phone shows.',
  'two_factor.required': 'This site asks every member for a second factor: an authenticator app, or a passkey.',
  'two_factor.passkeys': 'A passkey does both in one step, and works without an app.',
  'two_factor.passkeys.link': 'Passkeys',
  'two_factor.off': 'It is off.',
  'two_factor.begin': 'Set it up',
  'two_factor.scan': '1. Show this to your app',
  'two_factor.scan.words': 'Open an authenticator app on your phone, add an account, and point the camera here.',
  'two_factor.qr': 'QR code for your authenticator app',
  'two_factor.open': 'On this device: open it in the app',
  'two_factor.key': 'Or type this key:',
  'two_factor.code': '2. Type the code that the app shows',
  'two_factor.code.hint': 'Six digits; a new code comes every 30 seconds.',
  'two_factor.confirm': 'Turn it on',
  'two_factor.cancel': 'Give up',
  'two_factor.first_wrong': 'This code does not belong to this key. Type the one that the app shows just now.',
  'two_factor.clock':
    'The key is right, but the clock of your phone or of this site is wrong. Set the phone to take its time from the network, and type the next code.',
  'two_factor.not_begun': 'Nothing is being set up. Please begin anew.',
  'two_factor.is_on': 'The second factor is on already. Turn it off first to set it up anew.',
  'two_factor.on': 'It is on.',
  'two_factor.since': 'Since',
  'two_factor.left': {
    one: 'One recovery code is left.',
    other: '{count} recovery codes are left.',
  },
  'two_factor.codes': 'Make new recovery codes',
  'two_factor.codes.words': 'The old ones stop working.',
  'two_factor.turn_off': 'Turn it off',
  'two_factor.stays': 'This site asks every member for a second factor, so it stays on.',
  'two_factor.off_now': 'Two-factor sign-in is off. Other devices have been signed out.',

  'recovery.heading': 'Your recovery codes',
  'recovery.lead':
    'Each of these signs you in once when you do not have your app. They are shown this one time: print them, or keep them where your passwords are.',
  'recovery.on': 'Two-factor sign-in is on. Other devices have been signed out.',
  'recovery.done': 'I have kept them',

  'passkeys.heading': 'Passkeys',
  'passkeys.lead':
    'A passkey signs you in with your fingerprint, your face or the lock of your device. There is nothing to remember, and nothing that could be stolen from this site.',
  'passkeys.none': 'You have none yet.',
  'passkeys.synced': 'on all your devices',
  'passkeys.since': 'Added',
  'passkeys.used': 'Last used',
  'passkeys.unused': 'Not used yet',
  'passkeys.name': 'Name',
  'passkeys.name.hint': 'So that you know it again: “My phone”.',
  'passkeys.add': 'Add a passkey',
  'passkeys.added': 'The passkey “{name}” is added. You can sign in with it from now on.',
  'passkeys.rename': 'Rename',
  'passkeys.rename.send': 'Save the name',
  'passkeys.renamed': 'The passkey is called “{name}” now.',
  'passkeys.remove': 'Remove',
  'passkeys.remove.which': 'Remove the passkey “{name}”',
  'passkeys.removed': 'The passkey “{name}” opens nothing any more. You can delete it on your device too.',
  'passkeys.unnamed': 'Passkey',
  'passkeys.script': 'Adding a passkey needs JavaScript: it is the browser that makes it.',
  'passkeys.impossible': 'Passkeys need a site with a name and HTTPS, so there are none here.',
  'passkeys.login': 'Sign in with a passkey',
  'passkeys.cancelled': 'Nothing was done: the passkey was not given. You can try again.',
  'passkeys.broken': 'That did not work. Please try again, or take another way.',
  'passkeys.known': 'This device has a passkey for your account already.',
  'passkeys.too_many': 'More than {max} passkeys do not fit. Remove one that you no longer use.',
  'passkeys.failed': 'This passkey could not be checked, so it was not kept. Please try again.',
  'passkeys.wrong': 'This passkey does not open anything here. It may have been removed from its account.',
  'passkeys.late': 'That took too long, or was answered already. Please try again.',
  'passkeys.last_way': 'This is the only way into your account. Set a password first, then remove it.',
  'passkeys.required': 'This site asks every member for a second factor, and this is your only one.',

  'mail.two_factor_on.subject': 'Two-factor sign-in is on',
  'mail.two_factor_on.lead':
    'Signing in to your account “{username}” now also takes a code of an authenticator app. Everywhere you were signed in, you have been signed out.',
  'mail.two_factor_on.button': 'This was not me',
  'mail.two_factor_on.after':
    'If it was you, there is nothing to do. If not, set a new password at once, and look through your passkeys.',

  'mail.two_factor_off.subject': 'Two-factor sign-in is off',
  'mail.two_factor_off.lead': 'Your account “{username}” can be opened with its password alone again.',
  'mail.two_factor_off.button': 'This was not me',
  'mail.two_factor_off.after':
    'If it was you, there is nothing to do. If not, set a new password at once, and look through your passkeys.',

  'mail.recovery_codes.subject': 'New recovery codes',
  'mail.recovery_codes.lead':
    'New recovery codes were made for your account “{username}”. The old ones stopped working.',
  'mail.recovery_codes.button': 'This was not me',
  'mail.recovery_codes.after':
    'If it was you, there is nothing to do. If not, set a new password at once, and look through your passkeys.',

  'mail.passkey_added.subject': 'A passkey was added',
  'mail.passkey_added.lead':
    'The passkey “{name}” was added to your account “{username}”: it signs in without a password.',
  'mail.passkey_added.button': 'This was not me',
  'mail.passkey_added.after':
    'If it was you, there is nothing to do. If not, set a new password at once, and look through your passkeys.',

  'mail.passkey_removed.subject': 'A passkey was removed',
  'mail.passkey_removed.lead': 'The passkey “{name}” no longer opens your account “{username}”.',
  'mail.passkey_removed.button': 'This was not me',
  'mail.passkey_removed.after':
    'If it was you, there is nothing to do. If not, set a new password at once, and look through your passkeys.',
} as const;
