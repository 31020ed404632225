/** What came back: `status` 0 when nothing did, `body` null when it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Sending {
  readonly answer: Promise<Answer>;
  cancel(): void;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Posts a form and tells how far it is, from 0 to 1; fetch cannot say that of what it sends.
 *
 * @param stays whether the page at hand says what came of it: then the next one that is shown says nothing
 */
export function send(
  address: string,
  form: FormData,
  onProgress: (part: number) => void = () => undefined,
  stays = false,
): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<Answer>((resolve) => {
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    if (stays) request.setRequestHeader('X-Stays', '1');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.upload.addEventListener('load', () => onProgress(1));
    request.addEventListener('loadend', () => resolve({ status: request.status, body: parse(request.responseText) }));
    request.send(form);
  });
  return { answer, cancel: () => request.abort() };
}
