/** What is saved from anywhere on the site. */
export const trayWords = {
  'tray.heading': 'Saving',
  'tray.open': 'Save from here',
  'tray.count': '{n} of {count} done',
  'tray.clear': 'Clear what is done',
  'tray.files': 'Files',
  'tray.progress': 'How much of it is sent',
  'tray.waiting': 'Waiting for its turn',
  'tray.working': 'The site is looking at it',
  'tray.saved': 'Saved',
  'tray.offline': 'No answer. It is tried again by itself.',
  'tray.signed_out': 'You are signed out. It waits here until you have signed in again.',
  'tray.look': 'Look at it',
  'tray.again': 'Try again',
  'tray.remove': 'Take it off this list',
} as const;
