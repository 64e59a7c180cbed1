// Talks to the service. What it refuses becomes a Refusal, with the words of its ProblemDetail.

export class Refusal extends Error {
  constructor(title, detail) {
    super(detail);
    this.title = title;
  }
}

export async function call(method, path, body) {
  const start = performance.now();
  const response = await fetch(path, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  }).catch(() => {
    throw new Refusal('failed', 'The order service does not answer');
  });
  const ms = serverTime(response) ?? performance.now() - start;
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    const refusal = new Refusal(answer?.title ?? 'failed', answer?.detail ?? `HTTP ${response.status}`);
    throw Object.assign(refusal, { ms });
  }
  return { ...answer, ms };
}

export async function get(path) {
  const response = await fetch(path, { cache: 'no-store' });
  return response.json();
}

export async function text(path) {
  const response = await fetch(path, { cache: 'no-store', headers: { Accept: 'text/plain' } });
  return response.text();
}

/** Milliseconds by the service's own clock, without the way to it and back. */
function serverTime(response) {
  const duration = /dur=([\d.]+)/.exec(response.headers.get('Server-Timing') ?? '');
  return duration && Number(duration[1]);
}
