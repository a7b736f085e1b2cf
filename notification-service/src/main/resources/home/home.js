// The home page: a person's alerts, live, and who waits for an answer.

import { render } from 'lit-html';
import { Board } from './board.js';
import { SignInProblem, currentUser, signIn, signOut } from './session.js';
import { page } from './view.js';

const state = { phase: 'starting', problem: '', user: null, sites: [], site: null, unanswered: null, unansweredAt: 0 };

const root = document.getElementById('home');
const announcements = document.getElementById('announcements');

const board = new Board({
  root,
  draw,
  announce: (words) => (announcements.textContent = words),
  denied: guarded(signIn),
  look: seeWhoWaits,
});

const act = {
  choose,
  connectNow: board.connectNow,
  dismiss: board.dismiss,
  undo: board.undo,
  more: board.more,
  show: (alertId) => board.show(alertId),
  signIn: guarded(signIn),
  signOut: guarded(signOut),
};

function draw() {
  render(page({ ...state, ...board.state, unread: board.unread }, act), root);
  document.title = `${board.unread ? `(${board.unread}) ` : ''}Alerts · Casewire`;
}

function update(changes) {
  Object.assign(state, changes);
  draw();
}

function guarded(action) {
  return async () => {
    try {
      await action();
    } catch (failure) {
      board.close();
      update({ phase: 'problem', problem: failure instanceof SignInProblem ? failure.message : unexpected(failure) });
    }
  };
}

function unexpected(failure) {
  console.error(failure);
  return 'Casewire does not answer. Check your connection and try again.';
}

/** The alerts say when there may be something new; what cannot be told now stays as it is until the next time. */
async function seeWhoWaits(alerts) {
  const { site } = state;
  const unanswered = await alerts.unanswered().catch(() => state.unanswered);
  if (site === state.site) {
    state.unanswered = unanswered;
    board.update();
  }
}

function choose(site) {
  history.replaceState(null, '', `#site=${encodeURIComponent(site)}`);
  Object.assign(state, { phase: 'ready', site, unanswered: null });
  board.open(site, state.user);
}

async function start() {
  draw();
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
  addEventListener('casewire-sign-in-again', act.signIn);
}

guarded(start)();
