import { WrongSetting, type Settings } from './settings.ts';

/** An account elsewhere that people can sign in with, as the operator configured it. */
export interface ProviderSetting {
  key: string;
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  name: string;
}

const MOST = 9;

/** OIDC_ISSUER, OIDC_CLIENT_ID …, and the same with a number for each further one: OIDC_2_ISSUER …. */
export function readProviders(settings: Settings): ProviderSetting[] {
  const found: ProviderSetting[] = [];
  for (let number = 1; number <= MOST; number++) {
    const prefix = number === 1 ? 'OIDC_' : `OIDC_${number}_`;
    const issuer = settings.text(`${prefix}ISSUER`);
    if (issuer !== undefined) found.push(readProvider(settings, prefix, String(number), issuer));
  }
  return found;
}

function readProvider(settings: Settings, prefix: string, key: string, value: string): ProviderSetting {
  const name = `${prefix}ISSUER`;
  const url = URL.canParse(value) ? new URL(value) : null;
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !local))
    throw new WrongSetting('setting.address', { name, example: 'https://accounts.example.org', value });
  const clientId = settings.text(`${prefix}CLIENT_ID`);
  if (!clientId) throw new WrongSetting('setting.needed', { name: `${prefix}CLIENT_ID`, because: name });
  return {
    key,
    issuer: value,
    clientId,
    clientSecret: settings.text(`${prefix}CLIENT_SECRET`) ?? null,
    name: settings.text(`${prefix}NAME`) ?? url.hostname,
  };
}
