// The home page: a person's alerts, live.

import { render } from 'lit-html';
import { Alerts } from './alerts.js';
import { SignInProblem, currentUser, signIn, signOut } from './session.js';
import { ago, page } from './view.js';

const PAGE = 50;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Assignments begin and end without an event of their own; a look now and then finds out. */
const LOOK_AGAIN_MS = 60_000;
const DISMISSED = 'Dismissed for everybody.';

const state = {
  phase: 'starting',
  problem: '',
  user: null,
  sites: [],
  site: null,
  items: null,
  unread: 0,
  next: null,
  refused: null,
  connection: 'connecting',
  busy: new Set(),
  failed: new Set(),
  fresh: new Set(),
  now: Date.now(),
};

const root = document.getElementById('home');
const announcements = document.getElementById('announcements');
let alerts;
let watching = new AbortController();
let hurry = () => {};

const act = { choose, connectNow: () => hurry(), dismiss, more, signIn: guarded(signIn), signOut: guarded(signOut) };

function update(changes = {}) {
  const focused = focusedAlert();
  Object.assign(state, changes, { now: Date.now() });
  render(page(state, act), root);
  keepFocus(focused);
  document.title = `${state.unread ? `(${state.unread}) ` : ''}Alerts · Casewire`;
}

/** Which alert holds the focus, and the ones around it, in case it goes. */
function focusedAlert() {
  const id = document.activeElement?.closest('[data-alert]')?.dataset.alert;
  const index = id ? state.items.findIndex((item) => item.alertId === id) : -1;
  return index < 0 ? null : { id, after: state.items.slice(index + 1), before: state.items.slice(0, index).reverse() };
}

/** When the alert with the focus goes, the next one takes it, else the one before, else what stands there instead. */
function keepFocus(focused) {
  if (!focused || !state.items || state.items.some((item) => item.alertId === focused.id)) {
    return;
  }
  const left = new Set(state.items.map((item) => item.alertId));
  const heir = [...focused.after, ...focused.before].find((item) => left.has(item.alertId));
  const place = heir ? root.querySelector(`[data-alert="${heir.alertId}"]`) : document.getElementById('nothing');
  (place ?? document.getElementById('alerts'))?.focus();
}

function announce(words) {
  announcements.textContent = words;
}

function guarded(action) {
  return async () => {
    try {
      await action();
    } catch (failure) {
      update({ phase: 'problem', problem: failure instanceof SignInProblem ? failure.message : unexpected(failure) });
    }
  };
}

function unexpected(failure) {
  console.error(failure);
  return 'Casewire does not answer. Check your connection and try again.';
}

/** True when there is nothing to be done but to sign in again. */
function needsSignIn(failure) {
  if (failure.status !== 401) {
    return false;
  }
  act.signIn();
  return true;
}

let reloading = null;
let reloadAgain = false;

/** Loads the list as it is now; several wishes at once are one load, and one more after it. */
function reload() {
  if (reloading) {
    reloadAgain = true;
    return reloading;
  }
  reloading = load().finally(() => {
    reloading = null;
    if (reloadAgain) {
      reloadAgain = false;
      reload();
    }
  });
  return reloading;
}

async function load() {
  const from = alerts;
  try {
    const { items, unread, next } = await from.list({ limit: Math.max(PAGE, state.items?.length ?? 0) });
    if (from !== alerts) {
      return;
    }
    const known = state.items && new Set(state.items.map((item) => item.alertId));
    const arrived = known ? items.filter((item) => !known.has(item.alertId) && isYoung(item)) : [];
    arrived.forEach((item) => state.fresh.add(item.alertId));
    update({ items, unread, next, refused: null });
    announceArrival(arrived);
  } catch (failure) {
    if (from === alerts && !needsSignIn(failure)) {
      update({ refused: failure.status ?? 0 });
    }
  }
}

const isYoung = (item) => Date.now() - Date.parse(item.at) < 120_000;

function announceArrival(arrived) {
  if (arrived.length === 1) {
    const [{ clientName, title, preview }] = arrived;
    announce(`New text from ${clientName ?? title ?? 'a client'}: ${preview}`);
  } else if (arrived.length > 1) {
    announce(`${arrived.length} new texts`);
  }
}

async function more() {
  const from = alerts;
  try {
    const { items, unread, next } = await from.list({ cursor: state.next, limit: PAGE });
    if (from === alerts) {
      const known = new Set(state.items.map((item) => item.alertId));
      const older = items.filter((item) => !known.has(item.alertId));
      update({ items: [...state.items, ...older], unread, next });
      announce(`${older.length} older alerts`);
      root.querySelector(`[data-alert="${older[0]?.alertId}"]`)?.focus();
    }
  } catch (failure) {
    needsSignIn(failure) || announce('Older alerts could not be loaded. Try again.');
  }
}

async function dismiss(item) {
  if (state.busy.has(item.alertId)) {
    return;
  }
  state.busy.add(item.alertId);
  state.failed.delete(item.alertId);
  update();
  try {
    await alerts.dismiss(item.alertId);
    gone(item.alertId, DISMISSED);
  } catch (failure) {
    if (failure.status === 404) {
      gone(item.alertId, 'This alert was already gone.');
    } else if (!needsSignIn(failure)) {
      state.failed.add(item.alertId);
    }
  }
  state.busy.delete(item.alertId);
  update();
}

function gone(alertId, words) {
  if (state.items?.some((item) => item.alertId === alertId)) {
    const unread = Math.max(0, state.unread - 1);
    update({ items: state.items.filter((item) => item.alertId !== alertId), unread });
    announce(`${words} ${unread ? `${unread} left.` : 'You are all caught up.'}`);
  }
}

function told(event, document) {
  if (event === 'AlertDismissed') {
    gone(document.alertId, state.busy.has(document.alertId) ? DISMISSED : 'An alert was dismissed.');
  }
  reload();
}

/** Waits, but not when the person presses "Try now", the network comes back or the page is looked at again. */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      hurry = reload;
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    hurry = done;
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

async function follow(signal) {
  let failures = 0;
  hurry = reload;
  while (!signal.aborted) {
    try {
      await alerts.follow({
        signal,
        told,
        opened: () => {
          failures = 0;
          update({ connection: 'live' });
          // What happened while nobody listened is in the list.
          reload();
        },
      });
    } catch (failure) {
      if (signal.aborted || needsSignIn(failure)) {
        return;
      }
    }
    failures++;
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    if (failures > 1) {
      update({ connection: 'broken' });
      reload();
    }
    await pause(longest * (0.5 + Math.random() / 2), signal);
  }
}

function choose(site) {
  watching.abort();
  watching = new AbortController();
  alerts = new Alerts(site, state.user);
  history.replaceState(null, '', `#site=${encodeURIComponent(site)}`);
  state.busy.clear();
  state.failed.clear();
  state.fresh.clear();
  reloading = null;
  update({ phase: 'ready', site, items: null, unread: 0, next: null, refused: null, connection: 'connecting' });
  reload();
  follow(watching.signal);
}

function tick() {
  const time = Date.now();
  const stale = state.items?.some((item) => ago(item.at, time) !== ago(item.at, state.now));
  if (stale) {
    update();
  }
}

async function start() {
  update();
  const user = await currentUser();
  if (!user) {
    update({ phase: 'signed-out' });
    return;
  }
  const sites = user.sites.filter((site) => site !== '*');
  const wanted = new URLSearchParams(location.hash.slice(1)).get('site');
  update({ user, sites });
  if (sites.length === 0) {
    update({ phase: 'no-site' });
    return;
  }
  choose(sites.includes(wanted) ? wanted : sites[0]);
  setInterval(tick, 15_000);
  setInterval(() => reload(), LOOK_AGAIN_MS);
  document.addEventListener('visibilitychange', () => document.hidden || (tick(), hurry()));
  addEventListener('casewire-sign-in-again', act.signIn);
}

guarded(start)();
