import type Koa from 'koa';
import helmet from 'koa-helmet';

/** Sites that live at a name of their own may ask browsers to remember HTTPS; localhost and bare addresses never. */
function mayPin(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'https:' && !/(?:^|\.)localhost$|^[\d.]+$|^\[/.test(hostname);
}

const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};

/**
 * The headers of every answer; bytes and the page with previews set their own policy afterwards. helmet says once what they
 * are: they are the same for every request. `stores`: the origins that images are also taken from, since we lead there.
 */
export function safeHeaders(baseUrl: string, stores: readonly string[] = []): Koa.Middleware {
  const headers = saidBy(helmetFor(baseUrl, stores));
  return (ctx, next) => {
    for (const [name, value] of headers) ctx.res.setHeader(name, value);
    return next();
  };
}

/** What a middleware of helmet's sets, which it does at once; what it removes is not ours. */
function saidBy(middleware: Koa.Middleware): [string, string][] {
  const said: [string, string][] = [];
  const res = { setHeader: (name: string, value: string) => void said.push([name, value]), removeHeader() {} };
  void middleware({ req: {}, res } as unknown as Koa.ParameterizedContext, async () => {});
  if (said.length === 0) throw new Error('helmet set no header');
  return said;
}

function helmetFor(baseUrl: string, stores: readonly string[]): Koa.Middleware {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...POLICY, imgSrc: [...POLICY.imgSrc, ...stores] } },
    strictTransportSecurity: mayPin(baseUrl) ? { maxAge: 365 * 24 * 60 * 60, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    xDownloadOptions: false,
    xDnsPrefetchControl: false,
    xXssProtection: false,
  }) as unknown as Koa.Middleware;
}

const joined = (policy: Record<string, readonly string[]>) =>
  Object.entries(policy)
    .map(([name, values]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`)
    .join(';');

/** The page to save an image may show it before it is ours, and read it where the site could not and its own site lets everybody. */
export const PREVIEW_POLICY = joined({
  ...POLICY,
  imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
  connectSrc: ["'self'", 'https:'],
});

/** Bytes are never a page, whatever they hold. */
export const BYTES_POLICY = "default-src 'none'; sandbox";
