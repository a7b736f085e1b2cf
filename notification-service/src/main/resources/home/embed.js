// Shows somebody's alerts where this script stands in a page:
// <script src="https://casewire.example/home/embed.js" data-token="…" async></script>
// With data-token-url in place of data-token the page's own server is asked for a token, and again before it ends.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const { token: first, tokenUrl, height, label = 'Texts from your clients' } = script.dataset;

  const siteOf = (token) => {
    const part = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (c) => c.charCodeAt(0)))).site;
  };

  /** From the page's own server, or from whoever hears the event and calls renew. */
  async function another() {
    if (!tokenUrl) {
      return new Promise((renew) => {
        const detail = { renew };
        script.dispatchEvent(new CustomEvent('casewire-token-needed', { bubbles: true, detail }));
      });
    }
    const answer = await fetch(tokenUrl, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    if (!answer.ok) {
      throw new Error(`Casewire: ${tokenUrl} answered ${answer.status} in place of a token`);
    }
    return (await answer.json()).token;
  }

  function show(token) {
    let current = token;
    const frame = document.createElement('iframe');
    frame.title = label;
    frame.src = `${origin}/home/embed?site=${encodeURIComponent(siteOf(token))}`;
    frame.referrerPolicy = 'no-referrer';
    frame.style.cssText = 'display:block;width:100%;border:0';
    frame.style.height = height ?? '12rem';
    const hand = () => frame.contentWindow.postMessage({ type: 'casewire:token', token: current }, origin);
    addEventListener('message', async ({ source, origin: from, data }) => {
      if (source !== frame.contentWindow || from !== origin) {
        return;
      }
      switch (data?.type) {
        case 'casewire:ready':
          hand();
          break;
        case 'casewire:token-needed':
          current = await another();
          hand();
          break;
        case 'casewire:height':
          frame.style.height = height ?? `${data.height}px`;
          break;
        case 'casewire:unread': {
          const detail = { unread: data.unread };
          script.dispatchEvent(new CustomEvent('casewire-unread', { bubbles: true, detail }));
          break;
        }
      }
    });
    script.after(frame);
  }

  Promise.resolve(first ?? another()).then(show);
})();
