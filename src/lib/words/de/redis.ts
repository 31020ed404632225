import type { redisWords as english } from '../en/redis.ts';
import type { Phrase } from '../index.ts';

/** What is said of the servers of QUEUE_URL and CACHE_URL. */
export const redisWords: Record<keyof typeof english, Phrase> = {
  'redis.probe': '{setting}: {name} sollte einen Schlüssel eine Sekunde lang aufbewahren. Was zurückkam: {answer}',
  'redis.answer_password':
    '„{code}“. Bitte prüf Namen und Passwort vor dem Rechnernamen (user:password@, prozentkodiert; :password@, wo es keinen Namen gibt).',
  'redis.answer_denied':
    '„{code}“. Der Zugang muss Skripte ausführen und Schlüssel lesen und schreiben dürfen, die mit bowerbird: beginnen.',
  'redis.answer_database': '„{code}“. Bitte prüf die Zahl hinter Rechnername und Port.',
  'redis.answer_replica': '„{code}“. Bitte nenn den Server, von dem dieser eine Kopie ist.',
  'redis.answer_cluster': '„{code}“. Ein Verbund von Redis-Servern geht nicht: Bitte nenn einen einzelnen.',
  'redis.answer_unable': '„{code}“. Bitte sieh nach seinem Speicher, seiner Platte und seinem Protokoll.',
  'redis.answer_other': 'Dort lauscht kein Redis-Server ({code}).',
  'redis.answer_silent':
    'Es kam rechtzeitig keine Antwort ({code}). Läuft er, lässt eine Firewall uns durch, und spricht er TLS (rediss://) auf diesem Port?',
  'redis.answer_closed':
    'Die Verbindung wurde gleich geschlossen ({code}). Heißt es redis:// statt rediss:// oder umgekehrt, und lauscht dort ein Redis-Server?',
};
