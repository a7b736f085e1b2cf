// Signing in: OpenID Connect, authorization code with PKCE. No token ever stands in an address; tokens live in
// sessionStorage, so they end with the tab.

const SESSION = 'casewire.session';
const PENDING = 'casewire.sign-in';
const SIGNED_OUT = 'casewire.signed-out';
const TRIES = 'casewire.sign-in-tries';
const RENEW_BEFORE_MS = 10_000;

/** Why nobody is signed in, in words for the person in front of the page. */
export class SignInProblem extends Error {}

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));
const never = () => new Promise(() => {});

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

const write = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));

/** What a JWT says. Only for showing: whether it is true is for the services to check. */
function claims(jwt) {
  const bytes = Uint8Array.from(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function json(address, options) {
  const answer = await fetch(address, { cache: 'no-cache', credentials: 'omit', ...options });
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  return answer.json();
}

let known;

/** The page's settings and the issuer's addresses, asked for once. */
async function provider() {
  known ??= (async () => {
    const settings = await json('/home/settings');
    await moveToTheIssuersName(settings.issuer);
    try {
      const issuer = settings.issuer.replace(/\/$/, '');
      return { ...settings, ...(await json(`${issuer}/.well-known/openid-configuration`)) };
    } catch {
      throw new SignInProblem(
        `The sign-in service at ${settings.issuer} does not answer. Wait a moment and try again;`
          + ' if you opened this page under another address, use that one.');
    }
  })();
  known.catch(() => (known = undefined));
  return known;
}

/** localhost and 127.0.0.1 are one machine but two origins, and only one of them is registered. */
async function moveToTheIssuersName(issuer) {
  const own = ['localhost', '127.0.0.1', '[::1]'];
  const there = new URL(issuer);
  const here = location;
  if (there.host !== here.host && there.port === here.port && own.includes(there.hostname) && own.includes(here.hostname)) {
    location.replace(there.origin + here.pathname + here.search + here.hash);
    await never();
  }
}

const redirectUri = () => `${location.origin}/`;

function requireFewTries() {
  const recent = (read(TRIES) ?? []).filter((at) => Date.now() - at < 30_000);
  if (recent.length >= 4) {
    sessionStorage.removeItem(TRIES);
    throw new SignInProblem('Signing in was tried several times and did not last. Wait a moment and try again.');
  }
  write(TRIES, [...recent, Date.now()]);
}

/** Leaves for the sign-in service; where a session stands there it comes straight back. */
export async function signIn() {
  if (!crypto.subtle) {
    throw new SignInProblem('Browsers sign in only over a secure address. Open this page with https://.');
  }
  requireFewTries();
  const { authorization_endpoint: endpoint, clientId } = await provider();
  const pending = { state: random(), nonce: random(), verifier: random(), hash: location.hash };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  write(PENDING, pending);
  sessionStorage.removeItem(SESSION);
  sessionStorage.removeItem(SIGNED_OUT);
  const address = new URL(endpoint);
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(),
    scope: 'openid',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: encode(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  Object.entries(query).forEach(([name, value]) => address.searchParams.set(name, value));
  location.assign(address);
  return never();
}

async function redeem(code, pending) {
  const { token_endpoint: endpoint, clientId } = await provider();
  const asked = Date.now();
  const tokens = await json(endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: clientId,
      redirect_uri: redirectUri(),
      code_verifier: pending.verifier,
    }),
  });
  if (!tokens.id_token || claims(tokens.id_token).nonce !== pending.nonce) {
    throw new Error('not the answer to this question');
  }
  const session = {
    token: tokens.access_token,
    idToken: tokens.id_token,
    until: asked + (tokens.expires_in ?? 300) * 1000,
  };
  write(SESSION, session);
  return session;
}

/** Back from the sign-in service: its answer leaves the address before anything else happens. */
async function answered(query) {
  const pending = read(PENDING);
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', location.pathname + (pending?.hash ?? ''));
  if (query.has('error')) {
    throw new SignInProblem(`The sign-in service refused (${query.get('error')}). Try again, or ask your administrator.`);
  }
  if (!pending || query.get('state') !== pending.state) {
    return null;
  }
  try {
    return await redeem(query.get('code'), pending);
  } catch (failure) {
    if (failure instanceof SignInProblem) {
      throw failure;
    }
    throw new SignInProblem('Signing in was not completed. Try again; if it stays like this, ask your administrator.');
  }
}

/** Who is signed in. Goes to sign in when nobody is; null after a sign-out. */
export async function currentUser() {
  const query = new URLSearchParams(location.search);
  const back = query.has('state') && (query.has('code') || query.has('error'));
  const session = (back && (await answered(query))) || read(SESSION);
  if (session && session.until - RENEW_BEFORE_MS > Date.now()) {
    return user(session);
  }
  if (read(SIGNED_OUT)) {
    history.replaceState(null, '', location.pathname);
    return null;
  }
  return signIn();
}

function user(session) {
  const { sub, name, sites = [] } = claims(session.token);
  setTimeout(() => {
    window.dispatchEvent(new Event('casewire-sign-in-again'));
  }, Math.min(session.until - RENEW_BEFORE_MS - Date.now(), 2 ** 31 - 1));
  return { id: sub, name: name ?? sub, sites, token: session.token };
}

/** Forgets the tokens and ends the session at the sign-in service, with a form so that no token is in an address. */
export async function signOut() {
  const session = read(SESSION);
  sessionStorage.clear();
  write(SIGNED_OUT, true);
  const { end_session_endpoint: endpoint, clientId } = await provider().catch(() => ({}));
  if (!endpoint || !session?.idToken) {
    location.assign('/');
    return never();
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = endpoint;
  const fields = { id_token_hint: session.idToken, client_id: clientId, post_logout_redirect_uri: redirectUri() };
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  return never();
}
