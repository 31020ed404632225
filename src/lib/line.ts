/** Told what becomes of something that stands in a line. */
export interface Watch {
  /** It has to wait; `place` says which place it has whenever it is asked, 1 being the next. */
  waits(place: () => number): void;
  begins(): void;
}

/** A line in which people take turns, one thing each, however many one of them has brought. */
export interface Line<Thing> {
  readonly length: number;
  /** How many things of somebody wait. */
  countOf(whose: string): number;
  join(whose: string, thing: Thing): void;
  /** Takes out the next thing, of those whose turn may be now. */
  next(may?: (whose: string) => boolean): Thing | undefined;
  /** Takes out a thing whose owner waits no longer. */
  leave(whose: string, thing: Thing): void;
  /** 1 for the next; 0 for what does not stand here. */
  placeOf(whose: string, thing: Thing): number;
  /** Takes out all. */
  empty(): Thing[];
}

export function createLine<Thing>(): Line<Thing> {
  // In the order of turns: whoever had one goes to the end.
  const people = new Map<string, Thing[]>();
  let length = 0;

  function take(whose: string, things: Thing[]): Thing | undefined {
    const thing = things.shift();
    length -= 1;
    people.delete(whose);
    if (things.length > 0) people.set(whose, things);
    return thing;
  }

  return {
    get length() {
      return length;
    },
    countOf: (whose) => people.get(whose)?.length ?? 0,
    join(whose, thing) {
      const things = people.get(whose);
      if (things) things.push(thing);
      else people.set(whose, [thing]);
      length += 1;
    },
    next(may = () => true) {
      for (const [whose, things] of people) if (may(whose)) return take(whose, things);
      return undefined;
    },
    leave(whose, thing) {
      const things = people.get(whose) ?? [];
      const at = things.indexOf(thing);
      if (at < 0) return;
      things.splice(at, 1);
      length -= 1;
      if (things.length === 0) people.delete(whose);
    },
    placeOf(whose, thing) {
      const round = people.get(whose)?.indexOf(thing) ?? -1;
      if (round < 0) return 0;
      let place = 1;
      let before = true;
      for (const [other, things] of people) {
        if (other === whose) before = false;
        // Whoever stands before us has one turn more until ours than those behind.
        place += other === whose ? round : Math.min(things.length, before ? round + 1 : round);
      }
      return place;
    },
    empty() {
      const all = [...people.values()].flat();
      people.clear();
      length = 0;
      return all;
    },
  };
}
