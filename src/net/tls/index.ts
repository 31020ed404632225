export {
  ensureCertificates,
  type Authority,
  type CertificateOptions,
  type Certificates,
  type Leaf,
} from './certificates.ts';
export { FILES as CERTIFICATE_FILES } from './files.ts';
export { reasonOf, TlsFault } from './faults.ts';
export type { Handler, Request, Response } from './handler.ts';
export { canonicalHost, certificateHosts, listenHosts, LOCAL_HOSTS } from './hosts.ts';
export type { Limits } from './limits.ts';
export { createListener, type Listener, type ListenerOptions } from './listener.ts';
export { readCertificates, type ServerCertificate } from './own.ts';
export { fileSource, ownSource, type CertificateSource } from './source.ts';
export type { Reason } from './validity.ts';
