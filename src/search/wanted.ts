import { foldName } from '../accounts/index.ts';
import { foldTag, type Reader } from '../images/index.ts';
import { and, atom, atoms, not, or, type Formula } from './formula.ts';
import { FOREVER, type Asked, type Side, type Span } from './parse.ts';
import {
  facts,
  FIRST_YEAR,
  NAME,
  readToken,
  REST,
  sizeStep,
  TEXT,
  tokenOf,
  yearOf,
  type Term,
  type WordField,
} from './tokens.ts';

/** What the names of a search stand for. */
export interface Names {
  /** Numbers of members by their folded names. */
  people: ReadonlyMap<string, number>;
  tags: ReadonlyMap<string, number>;
  /** All tokens that begin like a prefix, where they are not too many. */
  beginnings: ReadonlyMap<string, readonly string[]>;
}

/** A search as formulas. */
export interface Wanted {
  /** Of all that is found. */
  base: Formula;
  /** The best first, each without what those before it find: by where the words stand. Without words there is one, for all. */
  classes: readonly Formula[];
  /** Found by somebody's name: only images whose words are up to date may be, or a name that was just hidden would be told. */
  byName: boolean;
  size: Span;
  saved: Span;
}

/** A fact that no image has. */
export const NOWHERE = atom(facts.tag(0));

/** Which images at all: those that reach the reader, and for a search also the reader's own. */
export const audience = (reader: Reader, own: boolean): Formula => {
  if (reader.id === null) return atom(facts.reach(2));
  return own ? or([atom(facts.reach(1)), atom(facts.owner(reader.id))]) : atom(facts.reach(1));
};

/** One's own name finds all that one has, others' what stands under it. */
function saidBy(reader: Reader, names: Names, name: string): Formula {
  const id = names.people.get(foldName(name));
  if (id === undefined) return NOWHERE;
  return atom(id === reader.id ? facts.owner(id) : facts.shownOwner(id));
}

function tagged(names: Names, name: string): Formula {
  const id = names.tags.get(foldTag(name));
  return id === undefined ? NOWHERE : atom(facts.tag(id));
}

const MOTION: ReadonlySet<string> = new Set(['still', 'animated']);

/** Of several colours, sites or members an image has one: any of them will do. Tags it must have all. */
function sideFormulas(reader: Reader, names: Names, { tags, by, sites, colours, kinds }: Side): Formula[] {
  const groups = [
    by.map((name) => saidBy(reader, names, name)),
    sites.map((site) => atom(facts.site(site))),
    colours.map((colour) => atom(facts.colour(colour))),
    kinds.filter((kind) => MOTION.has(kind)).map((kind) => atom(facts.kind(kind))),
    kinds.filter((kind) => !MOTION.has(kind)).map((kind) => atom(facts.kind(kind))),
  ];
  return [...tags.map((name) => tagged(names, name)), ...groups.filter((group) => group.length > 0).map(or)];
}

function sizeFormulas([from, below]: Span): Formula[] {
  if (from <= 0 && below === FOREVER[1]) return [];
  const [first, last] = [sizeStep(from), sizeStep(below - 1)];
  const steps = [0, 1, 2, 3].filter((step) => step >= first && step <= last);
  return [steps.length > 0 ? or(steps.map((step) => atom(facts.size(step)))) : NOWHERE];
}

/** Whole years, and months at the two ends: a superset of the span that can be looked up. */
function savedFormulas([from, below]: Span, now: number): Formula[] {
  if (from <= 0 && below === FOREVER[1]) return [];
  const last = Math.min(below - 1, now);
  const years = Array.from({ length: yearOf(now) - FIRST_YEAR + 1 }, (_, n) => FIRST_YEAR + n);
  const tokens = years.flatMap((year) => {
    const [begins, ends] = [year === FIRST_YEAR ? 0 : Date.UTC(year, 0), Date.UTC(year + 1, 0)];
    if (from >= ends || last < begins) return [];
    if (year === FIRST_YEAR || (from <= begins && last >= ends - 1)) return [facts.year(year)];
    const months = Array.from({ length: 12 }, (_, month) => month);
    const touched = months.filter((month) => from < Date.UTC(year, month + 1) && last >= Date.UTC(year, month));
    return touched.map((month) => facts.month(year, month + 1));
  });
  return [tokens.length > 0 ? or(tokens.map((token) => atom(token))) : NOWHERE];
}

/** A term in one field. What a prefix stands for is known where that is few words. */
function termIn(field: WordField, term: Term, { beginnings }: Names): Formula {
  const [word = ''] = term.words;
  const begun = term.prefix && term.words.length === 1 ? beginnings.get(word) : undefined;
  if (!begun) return atoms(term, (each) => tokenOf(field, each));
  const tokens = begun.filter((token) => readToken(token).field === field);
  return tokens.length > 0 ? or(tokens.map((token) => atom(token))) : NOWHERE;
}

/** Where a term may stand, from a field upwards; a member's shown name counts as what is said at the end of it. */
function standing(term: Term, lowest: WordField, names: Names, nameOf: (term: Term) => Formula[]): Formula {
  const fields = ([NAME, TEXT, REST] as const).filter((field) => field >= lowest);
  const places = fields.map((field) => termIn(field, term, names));
  return or(lowest === REST ? [...places, ...nameOf(term)] : places);
}

function classesOf(terms: readonly Term[], names: Names, nameOf: (term: Term) => Formula[]): Formula[] {
  const all = (lowest: WordField) => and(terms.map((term) => standing(term, lowest, names, nameOf)));
  const [only] = terms;
  const exactly = (field: WordField) =>
    terms.length === 1 && only ? or([termIn(field, only, names), ...(field === REST ? nameOf(only) : [])]) : all(field);
  return [all(NAME), and([exactly(TEXT), not(all(NAME))]), and([exactly(REST), not(all(TEXT))])];
}

/** What a search wants of the tokens of an image. */
export function wantedOf(reader: Reader, asked: Asked, names: Names, base: Formula, now = Date.now()): Wanted {
  const { yes, no, size, saved } = asked;
  const nameOf = ({ text, prefix }: Term): Formula[] =>
    !prefix && names.people.has(foldName(text)) ? [saidBy(reader, names, text)] : [];
  const unwanted = [
    ...sideFormulas(reader, names, { ...no, tags: [] }),
    ...no.tags.map((name) => tagged(names, name)),
    ...no.terms.map((term) => standing(term, REST, names, nameOf)),
  ];
  const facets = [...sideFormulas(reader, names, yes), ...sizeFormulas(size), ...savedFormulas(saved, now)];
  return {
    base: and([base, ...facets, ...unwanted.map(not)]),
    classes: yes.terms.length > 0 ? classesOf(yes.terms, names, nameOf) : [],
    byName: yes.by.length > 0 || yes.terms.some((term) => nameOf(term).length > 0),
    size,
    saved,
  };
}
