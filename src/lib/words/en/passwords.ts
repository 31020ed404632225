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
  'password.changed.tokens': 'Your scripts still come in',
  'password.changed.tokens.lead':
    'Access tokens go on working under the new password. Revoke those that you do not know, and all of them if somebody else knew the old one.',
  'password.tokens_revoked':
    'The access tokens of your scripts are revoked as well. Make new ones for those that you still need.',
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
  'password.new.lead':
    'Everywhere you were signed in you will be signed out, and the access tokens of your scripts will be revoked.',
  'password.new.send': 'Set this password',
  'password.complete.lead': 'You can sign in with it now. Everywhere else you have been signed out.',
  'password.complete.look':
    'If somebody else was in, look through your second factor, your passkeys and your email address next: a new password leaves those as they are.',

  'link.heading': 'This link is over',
  'link.over': 'This link has been used already, or its hour has passed. You can ask for a new one.',

  'confirm.heading': 'One step is left',
  'confirm.sent': 'Look into your mail',
  'confirm.sent.lead':
    'A mail is on its way to the address you gave. Follow the link in it, and your account is ready.',
  'confirm.sent.again': 'No mail after a few minutes? Look among the unwanted mail, or have it sent again.',
  'confirm.again': 'Send the link again',
  'confirm.resent': 'If somebody waits with this address, another mail is on its way.',
  'confirm.join': 'Confirm that {email} is yours, and the account “{username}” is ready.',
  'confirm.email': 'Confirm that {email} is yours. The account “{username}” will have this address from then on.',
  'confirm.send': 'Confirm',
  'confirm.done_email': 'Your account has its new address.',
  'confirm.taken': 'Somebody else has taken this name or this address meanwhile. Please join once more, or sign in.',
  'account.unconfirmed':
    'Your email is not confirmed yet. Please follow the link in the mail we sent you; you can have it sent again.',

  'email.heading': 'Your email address',
  'email.lead': 'Mail goes to {email}. Nobody else sees it.',
  'email.next': 'New address',
  'email.hint': 'A link goes there. Until you follow it, the old address stays, and it is told as well.',
  'email.send': 'Send the link',
  'email.same': 'This is the address your account has already.',
  'email.sent': 'A link is on its way to {email}. Follow it within the hour.',

  'join.closed': 'This site takes no new members at the moment. If you have an account, you can sign in.',
  'join.invite_needed':
    'One joins this site by invitation. Ask somebody who runs it, and open the link that they send you.',
  'join.invite_over': 'This invitation has been used already, or its time has passed. Please ask for another one.',

  'invitations.heading': 'Invite somebody',
  'invitations.lead': 'A link lets one person join, within {days} days. It is needed where REGISTRATION=invite.',
  'invitations.email': 'Whom it is for',
  'invitations.email.hint': 'For the log alone: send them the link yourself.',
  'invitations.make': 'Make a link',
  'invitations.made': 'This is shown once: copy it now.',
  'invitations.link': 'The invitation’s link',

  'strength.short': 'Still too short.',
  'strength.easy': 'This is tried first: easy to guess.',
  'strength.fair': 'Could be longer.',
  'strength.good': 'Good.',
  'strength.great': 'Very good.',
} as const;
