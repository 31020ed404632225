import type { feedWords as english } from '../en/feeds.ts';
import type { Phrase } from '../index.ts';

export const feedWords: Record<keyof typeof english, Phrase> = {
  'feed.as.json': 'JSON-Feed',
  'feed.as.atom': 'Atom-Feed',
  'feed.as.rss': 'RSS-Feed',
  'feed.person': 'Bilder von {name}',
  'feed.person.about': 'Was {name} mit allen teilt.',
  'feed.board': '{title} von {name}',
  'feed.board.about': 'Was auf dem Board „{title}“ ist.',
  'feed.tag.about': 'Was alle unter dem Schlagwort „{name}“ sehen dürfen.',
  'feed.search.about': 'Was diese Suche findet.',
  'feed.whole.about': 'Was Mitglieder teilen.',
  'feeds.heading': 'Feeds',
  'feeds.lead':
    'Leute, Boards und Schlagwörter haben Feeds mit dem, was alle sehen dürfen: Gib deinem Feedreader die Adresse ihrer Seite. Für das, was Mitglieder teilen, gibt es eine eigene Adresse nur für dich, und die ist geheim.',
  'feeds.secret': 'Deine geheime Adresse',
  'feeds.none': 'Du hast keine. Wer die Adresse kennt, liest ohne Anmeldung, was du vom Feed sehen darfst.',
  'feeds.since': 'Erstellt',
  'feeds.made': 'Diese Adresse wird nur jetzt gezeigt. Wer sie kennt, liest, was du vom Feed sehen darfst.',
  'feeds.search': 'Mit „search“ statt „feed“ und mit „?q=“ dahinter ist sie der Feed einer Suche.',
  'feeds.make': 'Adresse erstellen',
  'feeds.anew': 'Neue Adresse erstellen',
  'feeds.drop': 'Zurücknehmen',
  'feeds.dropped': 'Die geheime Adresse führt jetzt nirgendwohin.',
  'oembed.format': 'Hier gibt es nur JSON (format=json).',
  'oembed.url': 'Bitte sag, welche Seite, mit ihrer ganzen Adresse.',
  'account.nav.feeds': 'Feeds',
};
