import type { trustWords as english } from '../en/trust.ts';
import type { Phrase } from '../index.ts';

/** HTTPS by itself, in German. Names of menus are those of German systems and browsers. */
export const trustWords: Record<keyof typeof english, Phrase> = {
  'tls.bad_host':
    'BASE_URL: „{host}“ ist weder ein Hostname noch eine Adresse; dafür lässt sich kein Zertifikat ausstellen.',
  'tls.cannot_write': 'CERTS_DIR: Die Zertifikate lassen sich nicht in {dir} ablegen ({reason}).',
  'tls.busy':
    'CERTS_DIR: Ein anderer Prozess erzeugt schon zu lange Zertifikate in {dir}; wenn keiner läuft, lösche {lock}.',
  'tls.unreadable':
    'TLS: Die Datei {file} lässt sich nicht lesen ({reason}). TLS ist „auto“, „off“ oder „cert.pem,key.pem“.',
  'tls.not_a_certificate':
    'TLS: {file} enthält kein Zertifikat im PEM-Format (es beginnt mit „-----BEGIN CERTIFICATE-----“).',
  'tls.not_a_key': 'TLS: {file} enthält keinen privaten Schlüssel im PEM-Format ohne Passwort.',
  'tls.mismatch': 'TLS: Der Schlüssel in {key} gehört nicht zum Zertifikat in {cert}.',
  'tls.expired': 'TLS: Das Zertifikat in {file} ist am {date} abgelaufen.',
  'tls.port_taken':
    'PORT: {port} ist auf {host} von einem anderen Programm belegt. Beende es, oder wähle einen anderen PORT.',
  'tls.port_forbidden': 'PORT: Dieses Benutzerkonto darf Port {port} nicht öffnen. Wähle einen PORT über 1023.',
  'tls.host_unknown': 'HOST: Dieser Rechner hat keine Adresse „{host}“, auf der er lauschen könnte.',
  'tls.listen_failed': 'HOST, PORT: Auf {host}, Port {port} lässt sich nicht lauschen ({reason}).',
  'tls.no_ipv6': 'Dieser Rechner hat kein ::1: Es wird nur auf 127.0.0.1 gelauscht.',
  'tls.moved': 'Diese Website spricht HTTPS: {url}',
  'tls.plain_refused': 'Diese Adresse spricht nur HTTPS, und nichts ist geschehen. Sende es noch einmal an {url}',
  'tls.token_seen':
    'Das mitgesendete Token ist ungeschützt durch das Netz gegangen: Widerrufe es und erstell ein neues.',
  'tls.not_http': 'Das ist eine HTTPS-Website; was gesendet wurde, ist weder TLS noch HTTP.',

  'trust.authority': 'Die Zertifizierungsstelle dieser Website: {path}\nSHA-256: {fingerprint}',
  'trust.constrained':
    'Sie kann nur für diese Namen sprechen, und ihr Schlüssel verlässt diesen Rechner nie: {hosts}. Wer ihr vertraut, vertraut ihr für nichts anderes.',
  'trust.made': 'Sie ist gerade erst entstanden; was einer früheren vertraut hat, muss dieser neu vertrauen.',
  'trust.done': 'Eingetragen: {store}.',
  'trust.removed': 'Ausgetragen: {store}.',
  'trust.failed': 'Nicht gelungen: {store} ({reason}).',
  'trust.by_hand': 'Von Hand:\n{commands}',
  'trust.nothing_to_remove': 'Bei {path} gibt es keine Zertifizierungsstelle, also auch nichts auszutragen.',
  'trust.under_sudo':
    'Ruf das unter deinem eigenen Konto auf, ohne sudo: Es fragt nach dem Passwort, wo es eines braucht, und die Zertifikatspeicher der Browser gehören dir.',
  'trust.needs_certutil':
    'Die Browser haben eigene Zertifikatspeicher; dafür ist das Werkzeug certutil nötig: `sudo apt install libnss3-tools` (Debian, Ubuntu), `sudo dnf install nss-tools` (Fedora), `brew install nss` (macOS). Ruf danach noch einmal `npm run trust` auf, oder folge den Schritten unten.',
  'trust.no_system_store':
    'Wo dieses System seine Zertifizierungsstellen aufbewahrt, ist hier nicht bekannt; die Schritte unten helfen vielleicht.',
  'trust.restart': 'Schließ alle Browserfenster und öffne den Browser neu; dann vertraut er {url}.',
  'trust.bad_option':
    'npm run trust kennt „-- --print“ (zeigt nur die Schritte) und „-- --remove“ (trägt alles wieder aus).',
  'trust.not_ours':
    'TLS ist „{value}“, also braucht die Website keine eigene Zertifizierungsstelle, und es gibt nichts, dem zu vertrauen wäre.',
  'trust.more':
    'Für andere Rechner, Telefone und Werkzeuge: `npm run trust -- --print`. Um es rückgängig zu machen: `npm run trust -- --remove`.',
  'trust.removed_all':
    'Auf diesem Rechner vertraut ihr jetzt nichts mehr, soweit es sich finden ließ. Die Dateien bleiben; um auch sie loszuwerden, lösche den Ordner.',
  'trust.bug': 'Das ließ sich nicht zu Ende bringen: {reason}',

  'trust.store_system': 'der Zertifikatspeicher des Systems',
  'trust.store_keychain': 'dein Anmeldeschlüsselbund',
  'trust.store_windows': 'dein Zertifikatspeicher in Windows',
  'trust.store_browser': 'der Zertifikatspeicher des Browsers, {dir}',

  'trust.steps': 'So vertraust du ihr von Hand. Die Datei ist {path}',
  'trust.steps_debian':
    'Debian, Ubuntu\n  sudo cp {path} /usr/local/share/ca-certificates/{name}.crt\n  sudo update-ca-certificates',
  'trust.steps_fedora':
    'Fedora, RHEL\n  sudo cp {path} /etc/pki/ca-trust/source/anchors/{name}.crt\n  sudo update-ca-trust extract',
  'trust.steps_macos':
    'macOS (Safari, Chrome, Edge)\n  security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db {path}\n  oder: die Datei in der Schlüsselbundverwaltung öffnen, dann ihren Eintrag, und unter „Vertrauen“ bei SSL „Immer vertrauen“ wählen.',
  'trust.steps_windows':
    'Windows (Chrome, Edge)\n  certutil -user -addstore Root {path}\n  oder: die Datei öffnen, Zertifikat installieren, Aktueller Benutzer, „Vertrauenswürdige Stammzertifizierungsstellen“.',
  'trust.steps_chrome':
    'Chrome, Chromium, Edge unter Linux (sie haben ihre eigene Liste)\n  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n {name} -i {path}\n  oder: Einstellungen, Datenschutz und Sicherheit, Sicherheit, Zertifikate verwalten, Zertifizierungsstellen (in neueren: Benutzerdefiniert, Von dir installiert), Importieren; „Identifizierung von Websites“ ankreuzen.',
  'trust.steps_firefox':
    'Firefox (jedes System)\n  Einstellungen, Datenschutz & Sicherheit, Zertifikate anzeigen, Zertifizierungsstellen, Importieren; „Websites identifizieren“ ankreuzen.\n  Unter Windows und macOS richtet er sich auch nach dem Zertifikatspeicher des Systems.',
  'trust.steps_safari': 'Safari\n  Er richtet sich nach dem Schlüsselbund: siehe macOS.',
  'trust.steps_iphone':
    'iPhone, iPad (wenn BASE_URL ein Name oder eine Adresse ist, die das Telefon erreicht)\n  Die Datei an das Telefon senden (AirDrop, Mail) und öffnen. Einstellungen, Profil geladen, Installieren.\n  Dann Einstellungen, Allgemein, Info, Zertifikatsvertrauenseinstellungen: einschalten.',
  'trust.steps_android':
    'Android (wenn BASE_URL ein Name oder eine Adresse ist, die das Telefon erreicht)\n  Die Datei auf das Telefon kopieren. Einstellungen, Sicherheit, Verschlüsselung und Anmeldedaten, Zertifikat installieren, CA-Zertifikat.\n  Firefox für Android: Einstellungen, Über Firefox, fünfmal auf das Logo tippen; dann Einstellungen, Secret Settings, „CA-Zertifikate von Drittanbietern verwenden“.',
  'trust.steps_tools': 'Werkzeuge\n  curl --cacert {path} {url}\n  NODE_EXTRA_CA_CERTS={path} node script.js',
};
