// What the page looks like for a given state. Nothing here changes anything.

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

const KINDS = { CASE: 'Case', INTAKE: 'Intake', PRESCREEN: 'Prescreen' };
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' });
const moment = new Intl.DateTimeFormat('en', { weekday: 'short', hour: 'numeric', minute: '2-digit' });
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

/** PT5H30M as people say it. */
export function duration(written) {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?.*)?$/.exec(written) ?? [];
  const all = Number(days ?? 0) * 24 + Number(hours ?? 0);
  const parts = [all && `${all} h`, (Number(minutes ?? 0) || !all) && `${Number(minutes ?? 0)} min`];
  return { words: parts.filter(Boolean).join(' '), hours: all };
}

export const count = (unread) => (unread === 1 ? '1 unread' : `${unread} unread`);

const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M8 9.5h16a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 24 21h-8.2l-4.6 4v-4H8a1.5 1.5 0 0 1-1.5-1.5V11A1.5 1.5 0 0 1 8 9.5zM11 15.3h10"/></svg>`;
const calm = html`<svg class="calm" viewBox="0 0 96 72" aria-hidden="true"><path d="M18 8h60a8 8 0 0 1 8 8v32a8 8 0 0 1-8 8H48L32 68V56H18a8 8 0 0 1-8-8V16a8 8 0 0 1 8-8z"/><path class="tick" d="m36 32 9 9 17-18"/></svg>`;

function header({ phase, user, sites, site }, act) {
  const selector = () => html`<label class="site"><span class="unseen">Site</span>
    <select @change=${(event) => act.choose(event.target.value)}>
      ${sites.map((one) => html`<option value=${one} ?selected=${one === site}>${one}</option>`)}
    </select></label>`;
  return html`${phase === 'ready' ? html`<a class="skip" href="#alerts">Skip to the alerts</a>` : nothing}
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
  offline: ['You are offline; this is how it stood', 'broken'],
};

function connection(state, act) {
  const [words, tone] = CONNECTION[state.connection];
  return html`<p class="connection ${tone}">
    <span class="dot" aria-hidden="true"></span><span>${words}</span>
    ${state.connection === 'broken' ? html`<button class="link" type="button" @click=${act.connectNow}>Try now</button>` : nothing}
  </p>`;
}

const called = (item) => item.title || `${KINDS[item.caseRef.kind]} ${item.caseRef.id}`;

function alert(item, state, act) {
  if (state.leaving.has(item.alertId) || state.sending.has(item.alertId)) {
    return leaving(item, state, act);
  }
  const kind = KINDS[item.caseRef.kind];
  const title = called(item);
  const cut = item.preview.length >= PREVIEW_LENGTH ? '…' : '';
  const more = [item.clientName && item.title, item.caseRef.id].filter(Boolean);
  return html`<li class="alert ${state.fresh.has(item.alertId) ? 'fresh' : ''}" tabindex="-1" data-alert=${item.alertId}
      aria-label=${`Text on ${title}${item.clientName ? `, ${item.clientName}` : ''}`}>
    <div class="about">
      <h3>${item.clientName || title}</h3>
      ${item.clientName || item.title
        ? html`<p class="case"><span>${kind}</span>${more.map((words) => html` <span>${words}</span>`)}</p>`
        : nothing}
    </div>
    <time datetime=${item.at} title=${exact.format(Date.parse(item.at))}>${ago(item.at, state.now)}</time>
    <blockquote dir="auto">${item.preview}${cut}</blockquote>
    <p class="from"><a href=${`tel:${item.contact}`}>${phone(item.contact)}</a></p>
    <button class="dismiss" type="button" @click=${() => act.dismiss(item)}>Dismiss<span class="unseen"> the text on ${title}</span></button>
    ${state.failed.has(item.alertId)
      ? html`<p class="failed" role="alert">It could not be dismissed. Check your connection and press Dismiss again.</p>`
      : nothing}
  </li>`;
}

/** It goes in a moment, for everybody, unless it is taken back. */
function leaving(item, state, act) {
  const isSent = state.sending.has(item.alertId);
  return html`<li class="alert leaving" tabindex="-1" data-alert=${item.alertId} aria-label=${`Dismissed: ${called(item)}`}>
    <p class="about">Dismissed: <strong>${item.clientName || called(item)}</strong></p>
    ${isSent
      ? nothing
      : html`<button class="undo" type="button" @click=${() => act.undo(item)}>Undo<span class="unseen"> the dismissal</span></button>
        <span class="ebb" aria-hidden="true"></span>`}
  </li>`;
}

const empty = html`<div class="empty" tabindex="-1" id="nothing">${calm}
  <h3>You are all caught up</h3>
  <p>When a client texts about one of your cases, it appears here by itself.</p></div>`;

const WHY = {
  403: ['This page is for staff', 'Your account may not see alerts of this site. Ask your administrator for the role it needs.'],
  404: ['This site is not known', 'The site was not found. Choose another one, or ask your administrator.'],
};
const UNREACHABLE = ['The alerts could not be loaded', 'Casewire does not answer. Check your connection; this page goes on trying.'];

function unloaded(state, act) {
  const [heading, advice] = WHY[state.refused] ?? UNREACHABLE;
  return html`<div class="empty" role="alert"><h3>${heading}</h3><p>${advice}</p>
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

/** The alerts with their heading: all that an embedded block shows. */
function alerts(state, act) {
  return html`<section class="board" aria-labelledby="alerts-heading">
    <div class="top"><h2 id="alerts-heading">Alerts ${state.unread ? html`<span class="unread">${count(state.unread)}</span>` : nothing}</h2>
      ${connection(state, act)}</div>
    ${state.refused !== null && state.items !== null && state.connection === 'live'
      ? html`<p class="stale" role="status">The list could not be brought up to date; trying again.</p>`
      : nothing}
    ${list(state, act)}</section>`;
}

/** One line for each client with unread texts, the latest first. */
function byClient(items) {
  const clients = new Map();
  for (const item of items) {
    const name = item.clientName || phone(item.contact);
    const key = `${item.contact}|${name}`;
    const before = clients.get(key);
    clients.set(key, before ? { ...before, texts: before.texts.add(item.sid) } : { name, latest: item, texts: new Set([item.sid]) });
  }
  return [...clients.values()];
}

const MOST_LINES = 8;

function recentlyUnread(state, act) {
  const clients = byClient((state.items ?? []).filter(({ alertId }) => !state.leaving.has(alertId) && !state.sending.has(alertId)));
  return html`<section class="aside" aria-labelledby="unread-heading">
    <h2 id="unread-heading">Recently unread</h2>
    ${clients.length === 0
      ? html`<p class="none">${state.items === null ? 'Not loaded yet.' : 'Everything is read.'}</p>`
      : html`<ul>${clients.slice(0, MOST_LINES).map(
          ({ name, latest, texts }) => html`<li><button class="line" type="button" @click=${() => act.show(latest.alertId)}>
            <span class="name">${name}</span>
            ${texts.size > 1 ? html`<span class="texts">${texts.size} texts</span>` : nothing}
            <time datetime=${latest.at}>${ago(latest.at, state.now)}</time></button></li>`,
        )}</ul>`}
    ${clients.length > MOST_LINES || state.next ? html`<p class="none">and more in the list</p>` : nothing}
  </section>`;
}

const LONG_HOURS = 4;

function waiting(client) {
  const { words, hours } = duration(client.workingTime);
  const [first] = client.cases;
  const name = client.cases.find((one) => one.clientName)?.clientName ?? phone(client.contact);
  const what = first ? [KINDS[first.caseRef.kind], first.title ?? first.caseRef.id].join(' · ') : '';
  return html`<li class="waits ${hours >= LONG_HOURS ? 'long' : ''}">
    <p class="name"><a href=${`tel:${client.contact}`}>${name}</a></p>
    <p class="clock"><span class="unseen">waits for </span>${words}</p>
    <p class="what">${what}</p>
    <p class="since">since <time datetime=${client.since} title=${exact.format(Date.parse(client.since))}>${moment.format(Date.parse(client.since))}</time></p>
  </li>`;
}

/** Who waits longest stands first; working time only, so that a night makes nobody late. */
function unanswered(state) {
  if (!state.unanswered) {
    return nothing;
  }
  const clients = [...state.unanswered].sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  return html`<section class="aside" aria-labelledby="waiting-heading">
    <h2 id="waiting-heading">Waiting for an answer ${clients.length ? html`<span class="unread">${clients.length}</span>` : nothing}</h2>
    ${clients.length === 0
      ? html`<p class="none">Nobody waits. Every client has an answer.</p>`
      : html`<ul>${clients.slice(0, MOST_LINES).map(waiting)}</ul>
          <p class="none">${clients.length > MOST_LINES ? `and ${clients.length - MOST_LINES} more; ` : ''}counted in working hours</p>`}
  </section>`;
}

/** What stands within the page of another application. */
export function block(state, act) {
  switch (state.phase) {
    case 'starting':
      return html`<main class="block"><h1 class="unseen">Texts from your clients</h1><p class="loading">Loading your alerts …</p></main>`;
    case 'expired':
      return html`<main class="block"><h1 class="unseen">Texts from your clients</h1>
        <div class="empty" role="alert"><h2>This view has ended</h2><p>Load the page again to see your alerts.</p></div></main>`;
    case 'ready':
      return html`<main class="block" id="alerts" tabindex="-1"><h1 class="unseen">Texts from your clients</h1>
        ${alerts(state, act)}</main>`;
  }
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
      return html`${header(state, act)}<main class="home" id="alerts" tabindex="-1">
        <h1 class="unseen">Home</h1>
        ${alerts(state, act)}
        <div class="asides">${unanswered(state)} ${recentlyUnread(state, act)}</div></main>`;
  }
}
