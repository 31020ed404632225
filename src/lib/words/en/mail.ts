export const mailWords = {
  'mail.address': 'This is no address that one mail could be sent to.',
  'mail.refused': 'The mail server does not take this mail.',
  'mail.foot': 'You get this mail because of an account at {site}. Nobody reads answers to it.',

  'mail.confirm.subject': 'Confirm your address, {username}',
  'mail.confirm.lead':
    'Welcome! One step is left: confirm that this address is yours, and your account “{username}” is ready.',
  'mail.confirm.button': 'Confirm my address',
  'mail.confirm.after':
    'The link works once, for an hour. If you did not ask for an account, do nothing: without this step there will be none.',

  'mail.known.subject': 'You have an account already',
  'mail.known.lead':
    'Somebody, perhaps you, asked for a new account with this address. It has one already, by the name of “{username}”. Nothing has changed.',
  'mail.known.button': 'Sign in, or set a new password',
  'mail.known.after': 'If it was not you, there is nothing to do.',

  'mail.reset.subject': 'A new password for {username}',
  'mail.reset.lead': 'Somebody, hopefully you, asked for a new password for the account “{username}”.',
  'mail.reset.button': 'Choose a new password',
  'mail.reset.after':
    'The link works once, for an hour. If you did not ask for it, do nothing: your password stays as it is.',

  'mail.password_changed.subject': 'Your password was changed',
  'mail.password_changed.lead':
    'The password of your account “{username}” was changed just now. Everywhere else you have been signed out.',
  'mail.password_changed.button': 'This was not me',
  'mail.password_changed.after': 'If it was you, there is nothing to do. If not, set a new password at once.',

  'mail.password_and_tokens.subject': 'Your password was changed',
  'mail.password_and_tokens.lead':
    'The password of your account “{username}” was set anew just now, through a link in a mail. Everywhere you were signed in you have been signed out, and the access tokens of your scripts are revoked: {tokens}.',
  'mail.password_and_tokens.button': 'This was not me',
  'mail.password_and_tokens.after':
    'If it was you, make new tokens for the scripts you still need. If not, set a new password at once.',

  'mail.username_changed.subject': 'Your account has a new name',
  'mail.username_changed.lead':
    'Your account “{name}” is called “{username}” from now on: here, and when you sign in with the name. For half a year the old name still leads to your profile, and nobody else gets it.',
  'mail.username_changed.button': 'This was not me',
  'mail.username_changed.after':
    'If it was you, there is nothing to do. If not, set a new password at once, and take the old name back.',

  'mail.token_made.subject': 'An access token was made',
  'mail.token_made.lead':
    'With the access token “{name}”, which was made just now, a script can speak in the name of your account “{username}”.',
  'mail.token_made.button': 'This was not me',
  'mail.token_made.after':
    'If it was you, there is nothing to do. If not, set a new password at once, through this link: that revokes all tokens.',

  'mail.feed_key_made.subject': 'A secret address was made',
  'mail.feed_key_made.lead':
    'Whoever has the secret address that was made just now reads the feed as your account “{username}” may see it.',
  'mail.feed_key_made.button': 'This was not me',
  'mail.feed_key_made.after':
    'If it was you, there is nothing to do. If not, set a new password at once, through this link: that ends the address too.',

  'mail.identity_linked.subject': 'Another way into your account',
  'mail.identity_linked.lead': 'Your account “{username}” can be opened by signing in at {name} from now on.',
  'mail.identity_linked.button': 'This was not me',
  'mail.identity_linked.after':
    'If it was you, there is nothing to do. If not, set a new password at once, sign in, and remove what you do not know.',

  'mail.identity_unlinked.subject': 'One way less into your account',
  'mail.identity_unlinked.lead': 'Signing in at {name} no longer opens your account “{username}”.',
  'mail.identity_unlinked.button': 'This was not me',
  'mail.identity_unlinked.after': 'If it was you, there is nothing to do. If not, set a new password at once.',

  'mail.email_change.subject': 'Confirm your new address',
  'mail.email_change.lead': 'The account “{username}” is to have this address from now on.',
  'mail.email_change.button': 'Confirm this address',
  'mail.email_change.after':
    'The link works once, for an hour. If you did not ask for it, do nothing: the account keeps the address it has.',

  'mail.email_known.subject': 'This address has an account already',
  'mail.email_known.lead':
    'Somebody, perhaps you, wanted to use this address for the account “{other}”. It belongs to the account “{username}” already, so nothing has changed.',
  'mail.email_known.after': 'If it was not you, there is nothing to do.',

  'mail.email_asked.subject': 'A new address for your account',
  'mail.email_asked.lead':
    'Somebody, hopefully you, wants the account “{username}” to have another address. A mail went there; until its link is followed, this address stays.',
  'mail.email_asked.button': 'This was not me',
  'mail.email_asked.after': 'If it was not you, set a new password at once: that also ends the change.',

  'mail.notices.subject': { one: 'Something new for {username}', other: '{count} things are new for {username}' },
  'mail.notices.lead': 'This is what others did, as far as you have not read it yet:',
  'mail.notices.button': 'See all of it',
  'mail.notices.leave': 'No more of these mails',

  'mail.email_changed.subject': 'Your account has a new address',
  'mail.email_changed.lead': 'The account “{username}” has another address now: {email}. Mail no longer comes here.',
  'mail.email_changed.after': 'If it was not you, write to the people who run the site.',
} as const;
