// The alerts block within a page of another application. Its token comes in the fragment of the address or in a message
// of the page around it; which pages those may be is for the browser to check (frame-ancestors).

import { render } from 'lit-html';
import { Board } from './board.js';
import { block } from './view.js';

const ASK_BEFORE_MS = 60_000;

const state = { phase: 'starting' };
const root = document.getElementById('home');
const announcements = document.getElementById('announcements');
let shown = null;
let renewal;

const board = new Board({
  root,
  draw,
  announce: (words) => (announcements.textContent = words),
  denied: expired,
});

const act = {
  connectNow: board.connectNow,
  dismiss: board.dismiss,
  undo: board.undo,
  more: board.more,
};

function draw() {
  render(block({ ...state, ...board.state, unread: board.unread }, act), root);
  tell('casewire:unread', { unread: board.unread });
}

/** Nothing of what is told here is a secret, so it may be told to whoever is around. */
function tell(type, more = {}) {
  if (window.parent !== window) {
    window.parent.postMessage({ type, ...more }, '*');
  }
}

function expired() {
  board.close();
  state.phase = 'expired';
  draw();
  tell('casewire:token-needed');
}

/** What stands readable in a token; whether it is true is for the service to check. */
function claims(token) {
  const part = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (c) => c.charCodeAt(0))));
}

function take(token) {
  let site;
  let user;
  let exp;
  try {
    ({ site, user, exp } = claims(token));
  } catch {
    expired();
    return;
  }
  clearTimeout(renewal);
  renewal = setTimeout(() => tell('casewire:token-needed'), Math.max(0, exp * 1000 - Date.now() - ASK_BEFORE_MS));
  const isTheSame = shown?.site === site && shown.user === user && state.phase === 'ready';
  shown = { site, user };
  state.phase = 'ready';
  if (isTheSame) {
    board.renew(token);
  } else {
    board.open(site, { id: user, token });
  }
}

addEventListener('message', ({ source, data }) => {
  if (source === window.parent && data?.type === 'casewire:token' && typeof data.token === 'string') {
    take(data.token);
  }
});

const given = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname + location.search);
draw();
if (given) {
  take(given);
} else {
  tell('casewire:ready');
}
new ResizeObserver(() => tell('casewire:height', { height: Math.ceil(root.getBoundingClientRect().height) })).observe(root);
