// Alerts over HTTP: the list, the dismissal, and the live stream, read with fetch because it needs the bearer token.

/** A stream sends something at least every 15 seconds; silence means that the line is dead. */
const SILENCE_MS = 40_000;

/** An answer that is not the one hoped for; status 0 when there was none at all. */
export class Refused extends Error {
  constructor(status, code) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  return new Refused(answer.status, problem.code ?? '');
}

export class Alerts {
  constructor(site, user) {
    this.site = `/api/sites/${encodeURIComponent(site)}`;
    this.user = `${this.site}/users/${encodeURIComponent(user.id)}`;
    this.own = `${this.user}/alerts`;
    /** Up to where the stream was told; null before it told anything. */
    this.lastEventId = null;
    this.renew(user.token);
  }

  /** From now on another token of the same user. */
  renew(token) {
    this.headers = { Authorization: `Bearer ${token}` };
  }

  async #ask(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, { cache: 'no-store', ...options, headers: { ...this.headers, ...options.headers } });
    } catch (failure) {
      throw failure.name === 'AbortError' ? failure : new Refused(0, 'UNREACHABLE');
    }
    if (!answer.ok) {
      throw await refusal(answer);
    }
    return answer;
  }

  async list({ cursor, limit }) {
    const query = new URLSearchParams({ limit, ...(cursor && { cursor }) });
    return (await this.#ask(`${this.own}?${query}`)).json();
  }

  /** The clients who wait for an answer; null where that is not told. */
  async unanswered() {
    try {
      return (await (await this.#ask(`${this.user}/unanswered?limit=500`)).json()).items;
    } catch (failure) {
      if (failure.status === 404) {
        return null;
      }
      throw failure;
    }
  }

  /** Goes on when the page is closed meanwhile. */
  async dismiss(alertId) {
    const options = { method: 'POST', keepalive: true };
    return (await this.#ask(`${this.site}/alerts/${alertId}/dismissal`, options)).json();
  }

  /**
   * Calls opened once and told for every event; returns when the stream ends, throws when it breaks. It goes on where the
   * one before was broken off, at whichever instance: what was missed is told first.
   */
  async follow({ opened, told, signal }) {
    const silence = new AbortController();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    try {
      alive();
      const answer = await this.#ask(`${this.own}/stream`, {
        signal: AbortSignal.any([signal, silence.signal]),
        headers: { Accept: 'text/event-stream', ...(this.lastEventId && { 'Last-Event-ID': this.lastEventId }) },
      });
      opened({ resumed: this.lastEventId !== null });
      const chunks = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      const parse = parser(told, (id) => (this.lastEventId = id));
      for (let chunk = await chunks.read(); !chunk.done; chunk = await chunks.read()) {
        alive();
        parse(chunk.value);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Cuts a stream of text into server-sent events; an id counts once what stands with it was told. */
function parser(told, reached) {
  let rest = '';
  let event = {};
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data !== undefined) {
          told(event.event ?? 'message', JSON.parse(event.data));
        }
        if (event.id) {
          reached(event.id);
        }
        event = {};
      } else if (!line.startsWith(':')) {
        const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
        event[field] = field === 'data' && event.data !== undefined ? `${event.data}\n${value}` : value;
      }
    }
  };
}
