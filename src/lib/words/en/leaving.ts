/** One's own data as a zip, and leaving for good. */
export const leavingWords = {
  'data.heading': 'Your data',
  'data.lead':
    'Everything that is yours here as one zip: each picture as you saved it and in every size, its words, your boards, comments, likes and follows, your profile and what happened to your account.',
  'data.ask': 'Make the zip',
  'data.again': 'Make a new one',
  'data.again.words': 'The one above goes when a new one is begun.',
  'data.how': 'Making it can take a while. You get a mail when it is ready, and find it here for {days} days.',
  'data.asked': 'Your zip is being made. You need not wait here: a mail tells you when it is ready.',
  'data.under_way': 'Your zip is being made already.',
  'data.making': 'Your zip is being made: {percent} %',
  'data.making.bar': 'How far it is',
  'data.look': 'Look again',
  'data.stalled': 'This takes longer than it should: something may have gone wrong. You can begin anew.',
  'data.ready': 'Your zip is ready',
  'data.ready.until': 'Here for you alone until',
  'data.download': 'Download',
  'data.readme':
    'This is what you kept at {site}.\n\nbowerbird.json   who you are here, what your pictures are called, boards, comments, likes, follows\nimages/NUMBER/   the files of each picture: the original as you saved it, and its smaller sizes\nphoto/           your photo, in two sizes\n\nThe user’s handbook says what each part means.\n',

  'leaving.heading': 'Delete your account',
  'leaving.lead':
    'At once you are signed out everywhere, and your profile and pictures are gone for everyone. For {days} days you can come back: sign in, and take it back. After that everything is removed for good.',
  'leaving.goes': 'What goes',
  'leaving.goes.words':
    'Your pictures in every size, your boards, likes and follows, your profile, photo and email address.',
  'leaving.stays': 'What stays',
  'leaving.stays.words':
    'Your comments on other people’s pictures, as those of a deleted member. Delete them before if they should not. Nobody else can take your name for half a year.',
  'leaving.data': 'Take your data along first',
  'leaving.confirm': 'To go on, type your username: {name}',
  'leaving.send': 'Delete my account',
  'leaving.not_confirmed': 'Please type your username, {name}, so that nobody does this by mistake.',
  'leaving.only_admin':
    'You are the only one who runs this site. Make somebody else an administrator first, or nobody could look after it.',
  // Shown to a visitor by then, whose messages carry no numbers.
  'leaving.asked':
    'Your account is gone from sight, and will be deleted for good in 14 days. Until then you can sign in and take it back; a mail says until when.',
  'leaving.return_first': 'This account will be deleted on {date}. To take that back, send a POST to /account/return.',
  'leaving.return.heading': 'Welcome back?',
  'leaving.return.lead':
    'You asked for your account to be deleted. On {date} everything in it is removed for good. Take that back, and all is as it was.',
  'leaving.return.send': 'Take it back and sign in',
  'leaving.return.stay': 'Leave it at that',
  'leaving.back': 'Good to have you back: all is as it was.',

  'mail.exported.subject': 'Your data is ready',
  'mail.exported.lead':
    'The zip that you asked for, with everything of “{username}”, is ready. It is kept for {days} days.',
  'mail.exported.button': 'Download it',
  'mail.exported.after':
    'You have to sign in: the zip is for you alone. If you did not ask for it, somebody is in your account: change your password.',

  'mail.deletion_asked.subject': 'Your account will be deleted',
  'mail.deletion_asked.lead':
    'The account “{username}” is gone from sight, as you asked, and will be deleted for good on {date}.',
  'mail.deletion_asked.button': 'Sign in and take it back',
  'mail.deletion_asked.after':
    'If it was not you, sign in, take it back and change your password at once. If it was, there is nothing to do.',

  'mail.deletion_near.subject': 'Your account is about to be deleted',
  'mail.deletion_near.lead':
    'On {date} everything in the account “{username}” is removed for good, as you asked. This is the last mail about it.',
  'mail.deletion_near.button': 'Sign in and take it back',
  'mail.deletion_near.after': 'If you still want it gone, there is nothing to do.',
} as const;
