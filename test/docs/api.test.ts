import { OPERATIONS } from '../../src/api/operations/index.ts';
import { scopeOf } from '../../src/api/openapi/paths.ts';
import { routes } from '../../src/routes.ts';
import { openToTokens } from '../../src/web/edge/bearer.ts';

/** What a token opens as well, but answers with a page, a feed or another text: under /api/v1 that is not there. */
const PAGES: readonly RegExp[] = [
  /^GET \/(api|oembed|healthz|readyz|bookmarklet\.js|manifest\.webmanifest|keys|styleguide|offline|service-worker\.js)$/,
  /^GET \/account\/edit$/,
  /^GET \/admin\/invitations$/,
  /^GET \/(images\/create|images\/find|save)$/,
  /^GET \/images\/:id\/edit$/,
  /^GET \/images\/:id\/comments\/:comment\/edit$/,
  /^GET \/boards\/create$/,
  /^GET \/people\/:username\/boards\/:slug\/edit$/,
  /\/feed\.:format$/,
  // By a secret address one reads as the member whose it is: for feed readers, which know no tokens.
  /^GET \/feeds\/:key\//,
];

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const open = routes.filter(openToTokens).map(nameOf);
const described = OPERATIONS.map(nameOf);

describe('the reference for scripts', () => {
  test('describes every address that a token opens, or knows it as a page (a new one: src/api/operations, with its words)', () => {
    const left = open.filter((name) => !described.includes(name) && !PAGES.some((page) => page.test(name)));
    expect(left).toEqual([]);
  });

  test('describes none that is not there, none twice, and no page', () => {
    expect(described.filter((name) => !open.includes(name))).toEqual([]);
    expect(new Set(described).size).toBe(described.length);
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(described.length);
    expect(described.filter((name) => PAGES.some((page) => page.test(name)))).toEqual([]);
  });

  test('says of what runs the site that it takes the scope admin, and of every other POST write', () => {
    const scopes = Object.fromEntries(OPERATIONS.map((operation) => [nameOf(operation), scopeOf(operation)]));
    expect(scopes).toMatchObject({
      'GET /images': 'read',
      'POST /images/create': 'write',
      'GET /admin': 'admin',
      'POST /moderation/tags': 'admin',
    });
  });

  test('takes a file where the address does', () => {
    const takes = routes
      .filter(openToTokens)
      .flatMap(({ upload, ...route }) => (upload ? [[nameOf(route), upload]] : []));
    const told = OPERATIONS.flatMap(({ upload, ...one }) => (upload ? [[nameOf(one), upload]] : []));
    expect(told.sort()).toEqual(takes.sort());
  });
});
