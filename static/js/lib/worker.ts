/** Lets the last feed be read without a line: from now on, for members. Where a browser cannot, nothing is lacking but that. */
export function standBy(): void {
  if (document.body.dataset['member'] === undefined || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined));
}
