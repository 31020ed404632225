/**
 * Fetches a page as a document. XMLHttpRequest parses it as the browser would, without running its scripts and
 * without passing text through a sink that Trusted Types would have to guard.
 */
export function fetchPage(address: string): Promise<Document | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.timeout = 20_000;
    request.setRequestHeader('Accept', 'text/html');
    request.addEventListener('loadend', () => resolve(request.status === 200 ? request.responseXML : null));
    request.send();
  });
}
