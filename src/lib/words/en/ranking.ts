/** What is most looked at. */
export const rankingWords = {
  'nav.ranking': 'Most viewed',
  'ranking.heading': 'Most viewed',
  'ranking.label': 'Since when',
  'ranking.day': 'Today',
  'ranking.week': 'The last 7 days',
  'ranking.month': 'The last 30 days',
  'ranking.ever': 'Ever',
  'ranking.empty': 'Nothing counted yet',
  'ranking.empty.words': 'What people look at stands here, a few minutes after they did.',
  'ranking.how': 'Everybody counts once a day for an image, its owner never. Days are those of UTC.',
  'ranking.counted': 'Counted on',
  'ranking.unknown': 'A ranking is of the day, the week, the month, or ever.',
  'image.views': { one: '{count} view', other: '{count} views' },
} as const;
