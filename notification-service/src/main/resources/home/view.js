// What the page looks like for a given state. Nothing here changes anything.

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

const KINDS = { CASE: 'Case', INTAKE: 'Intake', PRESCREEN: 'Prescreen' };
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' });
const STEPS = [['minute', 60], ['hour', 3600], ['day', 86_400], ['week', 604_800]];
const PREVIEW_LENGTH = 120;

export function ago(at, now) {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000);
  if (seconds < 45) {
    return 'just now';
  }
  const [unit, length] = STEPS.findLast(([, length]) => seconds >= length * 0.95) ?? STEPS[0];
  return relative.format(-Math.max(1, Math.round(seconds / length)), unit);
}

/** +14045387319 as people here write it; other numbers as they are. */
export function phone(number) {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

export const count = (unread) => (unread === 1 ? '1 unread' : `${unread} unread`);

const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M8 9.5h16a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 24 21h-8.2l-4.6 4v-4H8a1.5 1.5 0 0 1-1.5-1.5V11A1.5 1.5 0 0 1 8 9.5zM11 15.3h10"/></svg>`;
const calm = html`<svg class="calm" viewBox="0 0 96 72" aria-hidden="true"><path d="M18 8h60a8 8 0 0 1 8 8v32a8 8 0 0 1-8 8H48L32 68V56H18a8 8 0 0 1-8-8V16a8 8 0 0 1 8-8z"/><path class="tick" d="m36 32 9 9 17-18"/></svg>`;

function header({ user, sites, site }, act) {
  const selector = () => html`<label class="site"><span class="unseen">Site</span>
    <select @change=${(event) => act.choose(event.target.value)}>
      ${sites.map((one) => html`<option value=${one} ?selected=${one === site}>${one}</option>`)}
    </select></label>`;
  return html`<a class="skip" href="#alerts">Skip to the alerts</a>
    <header>
      <p class="brand">${mark}<span>Casewire</span></p>
      ${user
        ? html`<div class="who">
            ${sites.length > 1 ? selector() : nothing}
            <span class="name">${user.name}</span>
            <button class="quiet" type="button" @click=${act.signOut}>Sign out</button>
          </div>`
        : nothing}
    </header>`;
}

const CONNECTION = {
  connecting: ['Connecting …', 'waiting'],
  live: ['Live', 'live'],
  broken: ['Connection lost, trying again', 'broken'],
};

function connection(state, act) {
  const [words, tone] = CONNECTION[state.connection];
  return html`<p class="connection ${tone}">
    <span class="dot" aria-hidden="true"></span><span>${words}</span>
    ${tone === 'broken' ? html`<button class="link" type="button" @click=${act.connectNow}>Try now</button>` : nothing}
  </p>`;
}

function alert(item, state, act) {
  const kind = KINDS[item.caseRef.kind];
  const title = item.title || `${kind} ${item.caseRef.id}`;
  const busy = state.busy.has(item.alertId);
  const cut = item.preview.length >= PREVIEW_LENGTH ? '…' : '';
  const more = [item.clientName && item.title, item.caseRef.id].filter(Boolean);
  return html`<li class="alert ${state.fresh.has(item.alertId) ? 'fresh' : ''}" tabindex="-1" data-alert=${item.alertId}
      aria-label=${`Text on ${title}${item.clientName ? `, ${item.clientName}` : ''}`}>
    <div class="about">
      <h2>${item.clientName || title}</h2>
      ${item.clientName || item.title
        ? html`<p class="case"><span>${kind}</span>${more.map((words) => html` <span>${words}</span>`)}</p>`
        : nothing}
    </div>
    <blockquote dir="auto">${item.preview}${cut}</blockquote>
    <p class="from"><a href=${`tel:${item.contact}`}>${phone(item.contact)}</a>
      <time datetime=${item.at} title=${exact.format(Date.parse(item.at))}>${ago(item.at, state.now)}</time></p>
    <button class="dismiss" type="button" aria-disabled=${busy} @click=${() => act.dismiss(item)}>
      ${busy ? 'Dismissing …' : 'Dismiss'}<span class="unseen"> the text on ${title}</span></button>
    ${state.failed.has(item.alertId)
      ? html`<p class="failed" role="alert">It could not be dismissed. Check your connection and press Dismiss again.</p>`
      : nothing}
  </li>`;
}

const empty = html`<div class="empty" tabindex="-1" id="nothing">${calm}
  <h2>You are all caught up</h2>
  <p>When a client texts about one of your cases, it appears here by itself.</p></div>`;

const WHY = {
  403: ['This page is for staff', 'Your account may not see alerts of this site. Ask your administrator for the role it needs.'],
  404: ['This site is not known', 'The site was not found. Choose another one, or ask your administrator.'],
};
const UNREACHABLE = ['The alerts could not be loaded', 'Casewire does not answer. Check your connection; this page goes on trying.'];

function unloaded(state, act) {
  const [heading, advice] = WHY[state.refused] ?? UNREACHABLE;
  return html`<div class="empty" role="alert"><h2>${heading}</h2><p>${advice}</p>
    <button class="main" type="button" @click=${act.connectNow}>Try again</button></div>`;
}

function list(state, act) {
  if (state.items === null) {
    return state.refused === null ? html`<p class="loading">Loading your alerts …</p>` : unloaded(state, act);
  }
  if (state.items.length === 0) {
    return empty;
  }
  return html`<ul class="alerts">${repeat(state.items, (item) => item.alertId, (item) => alert(item, state, act))}</ul>
    ${state.next
      ? html`<button class="more" type="button" @click=${act.more}>Show older alerts</button>`
      : nothing}`;
}

function notice(heading, advice, label, action) {
  return html`<main class="notice"><h1>${heading}</h1><p>${advice}</p>
    ${label ? html`<button class="main" type="button" @click=${action}>${label}</button>` : nothing}</main>`;
}

/** The whole page. */
export function page(state, act) {
  switch (state.phase) {
    case 'starting':
      return html`${header(state, act)}<main class="notice"><p class="loading">Signing you in …</p></main>`;
    case 'signed-out':
      return html`${header(state, act)}${notice('You are signed out', 'Sign in to see the alerts on your cases.', 'Sign in', act.signIn)}`;
    case 'problem':
      return html`${header(state, act)}${notice('You are not signed in', state.problem, 'Try again', act.signIn)}`;
    case 'no-site':
      return html`${header(state, act)}${notice('No site is named in your account', 'Ask your administrator to add your account to a site, then sign in again.', 'Sign in again', act.signOut)}`;
    case 'ready':
      return html`${header(state, act)}<main id="alerts" tabindex="-1">
        <div class="top"><h1>Alerts${state.unread ? html` <span class="unread">${count(state.unread)}</span>` : nothing}</h1>
          ${connection(state, act)}</div>
        ${list(state, act)}</main>`;
  }
}
