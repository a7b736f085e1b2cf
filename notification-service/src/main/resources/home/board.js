// The alerts of one person on one site: loaded, followed live, dismissed. Both the home page and the embedded block show
// one; neither this nor they know what the other looks like.

import { Alerts } from './alerts.js';
import { ago } from './view.js';

const PAGE = 50;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** The stream tells what changes; a look now and then keeps even an unheard-of change from staying for ever. */
const LOOK_AGAIN_MS = 60_000;
const TICK_MS = 15_000;
/** As long as an alert can be taken back. */
export const UNDO_MS = 5_000;
const DISMISSED = 'Dismissed for everybody.';

const empty = () => ({
  items: null,
  unread: 0,
  next: null,
  refused: null,
  connection: 'connecting',
  /** What was dismissed and can still be taken back, with the timers that end that. */
  leaving: new Map(),
  sending: new Set(),
  failed: new Set(),
  fresh: new Set(),
  now: Date.now(),
});

export class Board {
  #alerts;
  #watching = new AbortController();
  #hurry = () => {};
  #reloading = null;
  #reloadAgain = false;
  #look;

  /**
   * `draw` shows the state as it is, `announce` says something aloud, `denied` is told when the token is taken no more,
   * `look` is called with the alerts' API each time the list was loaded.
   */
  constructor({ root, draw, announce, denied, look = () => {} }) {
    this.root = root;
    this.drawAll = draw;
    this.announce = announce;
    this.denied = denied;
    this.#look = look;
    this.state = empty();
    this.dismiss = this.dismiss.bind(this);
    this.undo = this.undo.bind(this);
    this.more = this.more.bind(this);
    this.connectNow = () => this.#hurry();
    setInterval(() => this.#tick(), TICK_MS);
    setInterval(() => this.#alerts && this.reload(), LOOK_AGAIN_MS);
    addEventListener('offline', () => this.update({ connection: 'offline' }));
    addEventListener('online', () => this.#reconnect());
    // Nobody takes back what they no longer see; on a phone this may be the last that a page is told.
    addEventListener('pagehide', () => this.#sendAll());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        this.#sendAll();
      } else {
        this.#tick();
        this.#hurry();
      }
    });
  }

  /** How many there are for the person who looks: what is on its way out is no longer counted. */
  get unread() {
    return Math.max(0, this.state.unread - this.state.leaving.size);
  }

  open(site, user) {
    this.#sendAll();
    this.#alerts = new Alerts(site, user);
    this.#reloading = null;
    this.state = empty();
    this.#reconnect();
  }

  /** A line that stood while the network was away may be dead without knowing it. */
  #reconnect() {
    if (this.#alerts) {
      this.#watching.abort();
      this.#watching = new AbortController();
      this.update({ connection: 'connecting' });
      this.reload();
      this.#follow(this.#watching.signal);
    }
  }

  renew(token) {
    this.#alerts.renew(token);
    this.#hurry();
  }

  close() {
    this.#watching.abort();
  }

  update(changes = {}) {
    const focused = this.#focused();
    Object.assign(this.state, changes, { now: Date.now() });
    this.drawAll();
    this.#keepFocus(focused);
  }

  /** Which alert holds the focus, and the ones around it, in case it goes. */
  #focused() {
    const { items } = this.state;
    const id = document.activeElement?.closest('[data-alert]')?.dataset.alert;
    const index = id && items ? items.findIndex((item) => item.alertId === id) : -1;
    return index < 0 ? null : { id, after: items.slice(index + 1), before: items.slice(0, index).reverse() };
  }

  /** When the alert with the focus goes, the next one takes it, else the one before, else what stands there instead. */
  #keepFocus(focused) {
    const { items } = this.state;
    if (!focused || !items) {
      return;
    }
    if (items.some((item) => item.alertId === focused.id)) {
      // The button that had it may be gone.
      const place = this.#place(focused.id);
      place?.contains(document.activeElement) || place?.focus();
      return;
    }
    const left = new Set(items.map((item) => item.alertId));
    const heir = [...focused.after, ...focused.before].find((item) => left.has(item.alertId));
    (heir ? this.#place(heir.alertId) : (document.getElementById('nothing') ?? document.getElementById('alerts')))?.focus();
  }

  #place(alertId) {
    return this.root.querySelector(`[data-alert="${CSS.escape(alertId)}"]`);
  }

  /** Puts the focus on an alert. */
  show(alertId) {
    const place = this.#place(alertId);
    place?.scrollIntoView({ block: 'nearest' });
    place?.focus();
  }

  #refused(failure) {
    if (failure.status === 401) {
      this.denied();
      return true;
    }
    return false;
  }

  /** Loads the list as it is now; several wishes at once are one load, and one more after it. */
  reload() {
    if (this.#reloading) {
      this.#reloadAgain = true;
      return this.#reloading;
    }
    const loading = this.#load().finally(() => {
      if (this.#reloading !== loading) {
        return;
      }
      this.#reloading = null;
      if (this.#reloadAgain) {
        this.#reloadAgain = false;
        this.reload();
      }
    });
    this.#reloading = loading;
    return loading;
  }

  async #load() {
    const from = this.#alerts;
    try {
      const limit = Math.min(500, Math.max(PAGE, this.state.items?.length ?? 0));
      const { items, unread, next } = await from.list({ limit });
      if (from !== this.#alerts) {
        return;
      }
      const known = this.state.items && new Set(this.state.items.map((item) => item.alertId));
      const arrived = known ? items.filter((item) => !known.has(item.alertId) && isYoung(item)) : [];
      arrived.forEach((item) => this.state.fresh.add(item.alertId));
      this.#forget(new Set(items.map((item) => item.alertId)));
      this.update({ items, unread, next, refused: null });
      this.#announceArrival(arrived);
      this.#look(from);
    } catch (failure) {
      if (from === this.#alerts && !this.#refused(failure)) {
        this.update({ refused: failure.status ?? 0 });
      }
    }
  }

  /** Somebody else was faster. */
  #forget(standing) {
    for (const [alertId, timer] of this.state.leaving) {
      if (!standing.has(alertId)) {
        clearTimeout(timer);
        this.state.leaving.delete(alertId);
      }
    }
  }

  #announceArrival(arrived) {
    if (arrived.length === 1) {
      const [{ clientName, title, preview }] = arrived;
      this.announce(`New text from ${clientName ?? title ?? 'a client'}: ${preview}`);
    } else if (arrived.length > 1) {
      this.announce(`${arrived.length} new texts`);
    }
  }

  async more() {
    const from = this.#alerts;
    try {
      const { items, unread, next } = await from.list({ cursor: this.state.next, limit: PAGE });
      if (from === this.#alerts) {
        const known = new Set(this.state.items.map((item) => item.alertId));
        const older = items.filter((item) => !known.has(item.alertId));
        this.update({ items: [...this.state.items, ...older], unread, next });
        this.announce(`${older.length} older alerts`);
        older.length && this.show(older[0].alertId);
      }
    } catch (failure) {
      this.#refused(failure) || this.announce('Older alerts could not be loaded. Try again.');
    }
  }

  /** Dismisses after a while in which it can be taken back. */
  dismiss(item) {
    const { leaving, sending, failed } = this.state;
    if (leaving.has(item.alertId) || sending.has(item.alertId)) {
      return;
    }
    failed.delete(item.alertId);
    leaving.set(item.alertId, setTimeout(() => this.#send(item.alertId), UNDO_MS));
    this.update();
    this.#place(item.alertId)?.querySelector('button')?.focus();
    this.announce(`Dismissed in ${UNDO_MS / 1000} seconds. Press Undo to keep it.`);
  }

  undo(item) {
    clearTimeout(this.state.leaving.get(item.alertId));
    if (this.state.leaving.delete(item.alertId)) {
      this.update();
      this.#place(item.alertId)?.querySelector('button.dismiss')?.focus();
      this.announce('Kept.');
    }
  }

  #sendAll() {
    for (const [alertId, timer] of this.state.leaving) {
      clearTimeout(timer);
      this.#send(alertId);
    }
  }

  async #send(alertId) {
    const { leaving, sending, failed } = this.state;
    const from = this.#alerts;
    leaving.delete(alertId);
    sending.add(alertId);
    this.state.unread = Math.max(0, this.state.unread - 1);
    this.update();
    let words = null;
    try {
      await from.dismiss(alertId);
      words = DISMISSED;
    } catch (failure) {
      if (failure.status === 404) {
        words = 'This alert was already gone.';
      } else if (!this.#refused(failure)) {
        failed.add(alertId);
      }
    }
    sending.delete(alertId);
    if (from !== this.#alerts) {
      return;
    }
    if (words === null) {
      this.update({ unread: this.state.unread + 1 });
    } else {
      this.#gone(alertId, words);
    }
  }

  /** It is counted out already. */
  #gone(alertId, words) {
    this.update({ items: this.state.items.filter((item) => item.alertId !== alertId) });
    this.announce(`${words} ${this.unread ? `${this.unread} left.` : 'You are all caught up.'}`);
  }

  #told(event, document) {
    const { items, leaving, sending } = this.state;
    const { alertId } = document;
    const isMine = leaving.has(alertId) || sending.has(alertId);
    if (event === 'AlertDismissed' && !isMine && items?.some((item) => item.alertId === alertId)) {
      this.state.unread = Math.max(0, this.state.unread - 1);
      this.#gone(alertId, 'An alert was dismissed.');
    }
    this.reload();
  }

  /** Waits, but not when the person presses "Try now" or looks at the page again. */
  #pause(milliseconds, signal) {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#hurry = () => this.reload();
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#hurry = done;
      signal.addEventListener('abort', done);
    });
  }

  async #follow(signal) {
    let failures = 0;
    this.#hurry = () => this.reload();
    while (!signal.aborted) {
      try {
        await this.#alerts.follow({
          signal,
          told: (event, document) => this.#told(event, document),
          opened: ({ resumed }) => {
            failures = 0;
            this.update({ connection: 'live' });
            // What happened while nobody listened is told now, or is in the list.
            if (!resumed || this.#reloading || this.state.items === null || this.state.refused !== null) {
              this.reload();
            }
          },
        });
      } catch (failure) {
        if (signal.aborted || this.#refused(failure)) {
          return;
        }
      }
      failures++;
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
      if (failures > 1 || !navigator.onLine) {
        this.update({ connection: navigator.onLine ? 'broken' : 'offline' });
        this.reload();
      }
      await this.#pause(longest * (0.5 + Math.random() / 2), signal);
    }
  }

  /** Times grow older even when nothing happens. */
  #tick() {
    const time = Date.now();
    if (this.state.items?.some((item) => ago(item.at, time) !== ago(item.at, this.state.now))) {
      this.update();
    }
  }
}

const isYoung = (item) => Date.now() - Date.parse(item.at) < 120_000;
