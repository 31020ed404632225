/** HTTPS by itself: what the terminal and the plain-HTTP answers say, and `npm run trust`. */
export const trustWords = {
  'tls.bad_host': 'BASE_URL: “{host}” is neither a host name nor an address, so no certificate can be made for it.',
  'tls.cannot_write': 'CERTS_DIR: the certificates cannot be kept in {dir} ({reason}).',
  'tls.busy':
    'CERTS_DIR: another process has been making certificates in {dir} for too long; if none runs, remove {lock}.',
  'tls.unreadable': 'TLS: the file {file} cannot be read ({reason}). TLS is “auto”, “off” or “cert.pem,key.pem”.',
  'tls.not_a_certificate':
    'TLS: {file} holds no certificate in PEM form (it begins with “-----BEGIN CERTIFICATE-----”).',
  'tls.not_a_key': 'TLS: {file} holds no private key in PEM form without a password.',
  'tls.mismatch': 'TLS: the key in {key} does not belong to the certificate in {cert}.',
  'tls.expired': 'TLS: the certificate in {file} ran out on {date}.',
  'tls.port_taken': 'PORT: {port} is taken on {host} by another program. Stop that one, or choose another PORT.',
  'tls.port_forbidden': 'PORT: this account may not listen on port {port}. Choose a PORT above 1023.',
  'tls.host_unknown': 'HOST: this machine has no address “{host}” to listen on.',
  'tls.listen_failed': 'HOST, PORT: cannot listen on {host}, port {port} ({reason}).',
  'tls.no_ipv6': 'This machine has no ::1: listening on 127.0.0.1 alone.',
  'tls.moved': 'This site speaks HTTPS: {url}',
  'tls.plain_refused': 'This address speaks HTTPS only, and nothing was done. Send it again to {url}',
  'tls.token_seen': 'The token sent along has crossed the network unprotected: revoke it and make a new one.',
  'tls.not_http': 'This is an HTTPS site; what was sent is neither TLS nor HTTP.',

  'trust.authority': 'The certificate authority of this site: {path}\nSHA-256: {fingerprint}',
  'trust.constrained':
    'It can speak for these names only, and its key never leaves this machine: {hosts}. Whoever trusts it, trusts it for nothing else.',
  'trust.made': 'It was made just now; what trusted an earlier one has to trust this one anew.',
  'trust.done': 'Trusted now: {store}.',
  'trust.removed': 'Taken out: {store}.',
  'trust.failed': 'Not done: {store} ({reason}).',
  'trust.by_hand': 'By hand:\n{commands}',
  'trust.nothing_to_remove': 'There is no authority at {path}, so there is nothing to take out.',
  'trust.under_sudo':
    'Run this as yourself, without sudo: it asks for the password where it needs one, and the browsers’ stores are yours.',
  'trust.needs_certutil':
    'The browsers’ own stores need the tool certutil: `sudo apt install libnss3-tools` (Debian, Ubuntu), `sudo dnf install nss-tools` (Fedora), `brew install nss` (macOS). Then run `npm run trust` again, or follow the steps below.',
  'trust.no_system_store': 'How this system keeps its authorities is not known here; the steps below may help.',
  'trust.restart': 'Close every browser window and open the browser again; then {url} is trusted.',
  'trust.bad_option': 'npm run trust knows “-- --print” (only print the steps) and “-- --remove” (take it out again).',
  'trust.not_ours': 'TLS is “{value}”, so the site does not use an authority of its own and there is nothing to trust.',
  'trust.more':
    'For other machines, phones and tools: `npm run trust -- --print`. To take it out again: `npm run trust -- --remove`.',
  'trust.removed_all':
    'Nothing on this machine trusts it now, as far as it could be found. The files stay; to remove them too, delete the folder.',
  'trust.bug': 'This could not be finished: {reason}',

  'trust.store_system': 'the system’s store',
  'trust.store_keychain': 'your login keychain',
  'trust.store_windows': 'your Windows store',
  'trust.store_browser': 'browser store {dir}',

  'trust.steps': 'How to trust it by hand. The file is {path}',
  'trust.steps_debian':
    'Debian, Ubuntu\n  sudo cp {path} /usr/local/share/ca-certificates/{name}.crt\n  sudo update-ca-certificates',
  'trust.steps_fedora':
    'Fedora, RHEL\n  sudo cp {path} /etc/pki/ca-trust/source/anchors/{name}.crt\n  sudo update-ca-trust extract',
  'trust.steps_macos':
    'macOS (Safari, Chrome, Edge)\n  security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db {path}\n  or: open the file in Keychain Access, open its entry, and under Trust choose “Always Trust” for SSL.',
  'trust.steps_windows':
    'Windows (Chrome, Edge)\n  certutil -user -addstore Root {path}\n  or: open the file, Install Certificate, Current User, “Trusted Root Certification Authorities”.',
  'trust.steps_chrome':
    'Chrome, Chromium, Edge on Linux (they keep their own list)\n  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n {name} -i {path}\n  or: Settings, Privacy and security, Security, Manage certificates, Authorities (in newer ones: Custom, Installed by you), Import; tick “identifying websites”.',
  'trust.steps_firefox':
    'Firefox (every system)\n  Settings, Privacy & Security, View Certificates, Authorities, Import; tick “identify websites”.\n  On Windows and macOS it also follows the system’s store.',
  'trust.steps_safari': 'Safari\n  It follows the keychain: see macOS.',
  'trust.steps_iphone':
    'iPhone, iPad (where BASE_URL is a name or address that the phone reaches)\n  Send the file to the phone (AirDrop, mail) and open it. Settings, Profile Downloaded, Install.\n  Then Settings, General, About, Certificate Trust Settings: switch it on.',
  'trust.steps_android':
    'Android (where BASE_URL is a name or address that the phone reaches)\n  Copy the file to the phone. Settings, Security, Encryption & credentials, Install a certificate, CA certificate.\n  Firefox for Android: Settings, About Firefox, tap the logo five times; then Settings, Secret Settings, “Use third party CA certificates”.',
  'trust.steps_tools': 'Tools\n  curl --cacert {path} {url}\n  NODE_EXTRA_CA_CERTS={path} node script.js',
} as const;
