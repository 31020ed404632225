import type { tagWords as english } from '../en/tags.ts';
import type { Phrase } from '../index.ts';

export const tagWords: Record<keyof typeof english, Phrase> = {
  'tags.heading': 'Schlagwörter',
  'tags.lead': 'Wie Mitglieder nennen, was sie teilen, nach Namen geordnet.',
  'tags.mine': 'Deine Schlagwörter',
  'tags.mine.lead':
    'Eine Änderung hier gilt für alle deine Bilder mit dem Schlagwort. Gibst du ihm einen Namen, den du schon hast, wird aus beiden eines.',
  'tags.from': 'Anfangen bei',
  'tags.from.go': 'Los',
  'tags.page': 'Schlagwörter haben keine nummerierten Seiten. Folge von der ersten an „Weiter“.',
  'tags.empty': 'Noch keine Schlagwörter',
  'tags.empty.words': 'Schlagwörter vergibst du, wo ein Bild gespeichert oder bearbeitet wird.',
  'tags.end': 'Von hier an keine Schlagwörter',
  'tags.end.words': 'Danach kommt in der Liste nichts mehr.',
  'tags.change': '„{name}“ ändern',
  'tags.to': 'Neuer Name',
  'tags.rename': 'Umbenennen',
  'tags.remove': 'Von allen Bildern nehmen',
  'tags.renamed': {
    one: '„{name}“ heißt jetzt „{to}“, bei {count}\u00a0Bild.',
    other: '„{name}“ heißt jetzt „{to}“, bei {count}\u00a0Bildern.',
  },
  'tags.removed': {
    one: '„{name}“ ist von {count}\u00a0Bild genommen.',
    other: '„{name}“ ist von {count}\u00a0Bildern genommen.',
  },
  'tags.unknown': 'Keines deiner Bilder hat dieses Schlagwort.',
  'tags.same': 'Das ist dasselbe Schlagwort.',
  'tag.missing': 'Bitte sag, welches Schlagwort.',
  'tag.one': 'Ein einziges Schlagwort, bis zu 50\u00a0Zeichen, ohne Komma.',
  'tag.heading': 'Schlagwort „{name}“',
  'tag.all': 'Alle Schlagwörter',
  'account.nav.tags': 'Schlagwörter',

  'alias.heading': 'Schlagwörter mit anderen Namen',
  'alias.lead':
    'Ein Name, der zu einem anderen Schlagwort führt, für alle: Wer damit speichert, bekommt jenes Schlagwort, und was ihn schon trägt, wird geändert.',
  'alias.name': 'Dieser Name',
  'alias.tag': 'Ist das Schlagwort',
  'alias.make': 'So machen',
  'alias.leads': 'ist „{tag}“',
  'alias.drop': '„{name}“ wieder ein eigenes Schlagwort sein lassen',
  'alias.made': '„{name}“ führt jetzt zu „{tag}“.',
  'alias.dropped': '„{name}“ ist wieder ein eigenes Schlagwort.',
  'alias.same': 'Diese beiden sind schon ein Schlagwort.',
  'alias.turned': 'Jenes Schlagwort führt zu diesem. Lass es erst ein eigenes Schlagwort sein.',
  'alias.unknown': 'Dieser Name führt zu keinem anderen Schlagwort.',
  'alias.empty': 'Noch keine anderen Namen',
  'alias.empty.words': 'Zwei Namen für eine Sache werden hier ein Schlagwort.',
  'nav.tags': 'Schlagwörter',
};
