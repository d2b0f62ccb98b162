// The live chat widget: plain JavaScript, no library. Talks the protocol of docs/live-chat.md.
(() => {
  'use strict';
  const script = document.currentScript;
  const { widgetId, workspace = 'default', inline: place, theme = 'auto', color = '#0b6e4f' } = script.dataset;
  const base = new URL(script.src).origin;
  const inline = place && document.querySelector(place);
  const store = `followup.${workspace}.${widgetId}`;
  const memory = (area, key, value) => {
    try {
      if (value === undefined) return area().getItem(key);
      if (value === null) area().removeItem(key); else area().setItem(key, value);
    } catch { /* storage is blocked: this page view is all there is */ }
    return null;
  };
  const visitor = (value) => memory(() => localStorage, store, value);
  const unsent = (value) => memory(() => sessionStorage, `${store}.unsent`, value);

  const texts = {
    en: ['Chat', 'Write a message', 'Send', 'Open the chat', 'Close the chat', 'Messages', 'You', 'is writing', 'Connecting…', 'You are offline. Messages wait here.', 'Not sent.', 'Try again', 'new messages', 'The chat is not available on this page.', 'Too many chats from here. Please try again later.'],
    es: ['Chat', 'Escriba un mensaje', 'Enviar', 'Abrir el chat', 'Cerrar el chat', 'Mensajes', 'Usted', 'está escribiendo', 'Conectando…', 'Sin conexión. Los mensajes esperan aquí.', 'No enviado.', 'Reintentar', 'mensajes nuevos', 'El chat no está disponible en esta página.', 'Demasiados chats desde aquí. Inténtelo más tarde.'],
    fr: ['Chat', 'Écrivez un message', 'Envoyer', 'Ouvrir le chat', 'Fermer le chat', 'Messages', 'Vous', 'écrit', 'Connexion…', 'Hors ligne. Les messages attendent ici.', 'Non envoyé.', 'Réessayer', 'nouveaux messages', 'Le chat n’est pas disponible sur cette page.', 'Trop de chats depuis ici. Réessayez plus tard.'],
    de: ['Chat', 'Nachricht schreiben', 'Senden', 'Chat öffnen', 'Chat schließen', 'Nachrichten', 'Sie', 'schreibt', 'Verbinden…', 'Offline. Nachrichten warten hier.', 'Nicht gesendet.', 'Erneut versuchen', 'neue Nachrichten', 'Der Chat ist auf dieser Seite nicht verfügbar.', 'Zu viele Chats von hier. Bitte später wieder.'],
    pt: ['Chat', 'Escreva uma mensagem', 'Enviar', 'Abrir o chat', 'Fechar o chat', 'Mensagens', 'Você', 'está escrevendo', 'Conectando…', 'Sem conexão. As mensagens esperam aqui.', 'Não enviada.', 'Tentar de novo', 'novas mensagens', 'O chat não está disponível nesta página.', 'Muitos chats daqui. Tente mais tarde.'],
  };
  const language = (script.dataset.lang || document.documentElement.lang || navigator.language || 'en').slice(0, 2).toLowerCase();
  const [wChat, wWrite, wSend, wOpen, wClose, wMessages, wYou, wTyping, wConnecting, wOffline, wNotSent, wRetry, wNew, wUnavailable, wTooMany] = texts[language] || texts.en;
  const title = script.dataset.title || wChat;

  // Black or white, whichever is easier to read on the site's colour (WCAG relative luminance).
  const accent = /^#[0-9a-f]{6}$/i.test(color) ? color : '#0b6e4f';
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(accent.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const onAccent = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';

  const dark = '--ink: #ecf1ef; --soft: #a9bab4; --paper: #161c1a; --bubble: #26302d; --line: #3b4843; --focus: #9cc3ff; --bad: #ff9d91; color-scheme: dark;';
  const css = `
    :host { all: initial; display: block; font: 16px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; --accent: ${accent}; --on: ${onAccent}; --ink: #1c2321; --soft: #56645f; --paper: #fff; --bubble: #eef3f1; --line: #d5deda; --focus: #1a5fd0; --bad: #b3261e; color-scheme: light; ${theme === 'dark' ? dark : ''} }
    ${theme === 'auto' ? `@media (prefers-color-scheme: dark) { :host { ${dark} } }` : ''}
    * { box-sizing: border-box; margin: 0; }
    [hidden] { display: none !important; }
    button { font: inherit; cursor: pointer; border: 0; background: none; color: inherit; padding: 0; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
    svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .toggle { position: fixed; inset-inline-end: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom)); width: 58px; height: 58px; border-radius: 50%; background: var(--accent); color: var(--on); display: grid; place-items: center; box-shadow: 0 4px 18px #0005; z-index: 2147483000; }
    .badge { position: absolute; top: -4px; inset-inline-end: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px; background: #b3261e; color: #fff; font-size: 13px; line-height: 22px; font-weight: 600; text-align: center; }
    .panel { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); overflow: hidden; }
    .floating { position: fixed; inset-inline-end: 16px; bottom: 92px; width: min(380px, calc(100vw - 32px)); height: min(600px, calc(100dvh - 112px)); border-radius: 16px; border: 1px solid var(--line); box-shadow: 0 12px 44px #0004; z-index: 2147483000; }
    .inline { height: 100%; min-height: 320px; }
    header { display: flex; align-items: center; gap: 10px; padding: 12px 16px; background: var(--accent); color: var(--on); min-height: 52px; }
    h2 { font-size: 16px; font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    header p { font-size: 13px; flex: 1; }
    header button { width: 36px; height: 36px; margin-inline-end: -8px; border-radius: 50%; display: grid; place-items: center; flex: none; }
    header :focus-visible { outline-color: var(--on); }
    .log { flex: 1; overflow: hidden auto; overscroll-behavior: contain; scrollbar-width: thin; padding: 16px; }
    .log:focus-visible { outline-offset: -3px; }
    ol { list-style: none; padding: 0; display: flex; flex-direction: column; gap: 8px; }
    li { position: relative; max-width: 84%; align-self: flex-start; }
    .text { padding: 9px 13px; border-radius: 16px 16px 16px 5px; background: var(--bubble); white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
    .mine { align-self: flex-end; text-align: end; }
    .mine .text { background: var(--accent); color: var(--on); border-radius: 16px 16px 5px; text-align: start; }
    ol:dir(rtl) .text { border-radius: 16px 16px 5px; }
    ol:dir(rtl) .mine .text { border-radius: 16px 16px 16px 5px; }
    .waiting .text { opacity: .85; }
    .waiting time::after { content: " …"; }
    .text a { color: inherit; }
    time, .fault { font-size: 12px; color: var(--soft); padding: 2px 4px 0; display: block; }
    .fault { color: var(--bad); }
    .fault button { text-decoration: underline; padding: 4px; min-height: 24px; }
    .typing { display: flex; gap: 5px; padding: 0 20px 12px; }
    .typing i { width: 8px; height: 8px; border-radius: 50%; background: var(--soft); }
    form { display: flex; gap: 8px; align-items: flex-end; padding: 10px 12px; padding-bottom: max(10px, env(safe-area-inset-bottom)); border-top: 1px solid var(--line); }
    textarea { flex: 1; min-width: 0; resize: none; font: inherit; padding: 10px 12px; border-radius: 14px; border: 1px solid var(--soft); background: transparent; color: inherit; height: 46px; max-height: 130px; }
    textarea::placeholder { color: var(--soft); opacity: 1; }
    form button { width: 46px; height: 46px; border-radius: 50%; background: var(--accent); color: var(--on); display: grid; place-items: center; flex: none; }
    :dir(rtl) form svg { transform: scaleX(-1); }
    @media (max-width: 480px) { .floating { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; } .floating:not([hidden]) ~ .toggle { display: none; } }
    @media (forced-colors: active) { .text, header, .toggle, form button { border: 1px solid; } .typing i { background: CanvasText; } }
    @media (prefers-reduced-motion: no-preference) {
      li.new { animation: in .16s ease-out; } @keyframes in { from { opacity: 0; transform: translateY(6px); } }
      .typing i { animation: dot 1.2s infinite; } .typing i:nth-of-type(2) { animation-delay: .2s; } .typing i:nth-of-type(3) { animation-delay: .4s; }
      @keyframes dot { 30% { opacity: .3; transform: translateY(-3px); } }
    }`;

  const make = (name, props = {}, ...children) => {
    const { attributes = {}, ...rest } = props;
    const element = Object.assign(document.createElement(name), rest);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const icon = (path) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    svg.firstChild.setAttribute('d', path);
    return svg;
  };

  const host = inline || document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const status = make('p', { attributes: { role: 'status' } });
  const list = make('ol');
  const log = make('div', { className: 'log', tabIndex: 0, attributes: { role: 'log', 'aria-live': 'off', 'aria-label': wMessages } }, list);
  const typing = make('div', { className: 'typing', hidden: true }, make('i'), make('i'), make('i'));
  const told = make('p', { className: 'sr', attributes: { role: 'status' } });
  const field = make('textarea', { maxLength: 4096, rows: 1, placeholder: wWrite, attributes: { 'aria-label': wWrite, dir: 'auto', enterkeyhint: 'send' } });
  const form = make('form', {}, field, make('button', { type: 'submit', attributes: { 'aria-label': wSend } }, icon('M4 12h15M13 5l7 7-7 7')));
  const header = make('header', {}, make('h2', { textContent: title, id: 'title' }), status);
  const panel = make('section', { className: `panel ${inline ? 'inline' : 'floating'}`, hidden: !inline, attributes: { role: inline ? 'region' : 'dialog', 'aria-labelledby': 'title', lang: texts[language] ? language : 'en' } }, header, log, typing, form);
  root.append(panel, told);

  const visible = () => document.visibilityState === 'visible';
  const reading = () => visible() && !panel.hidden;
  let unread = 0, toggle, badge;
  const count = (number) => {
    unread = number;
    if (!toggle) return;
    badge.hidden = !unread;
    badge.textContent = unread;
    toggle.setAttribute('aria-label', panel.hidden ? wOpen + (unread ? `, ${unread} ${wNew}` : '') : wClose);
  };
  const show = (open) => {
    if (inline || open === !panel.hidden) return;
    panel.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    count(open ? 0 : unread);
    (open ? field : toggle).focus();
    if (open) { start(); log.scrollTop = log.scrollHeight; sawAll(); }
  };
  if (!inline) {
    badge = make('span', { className: 'badge', hidden: true, attributes: { 'aria-hidden': 'true' } });
    toggle = make('button', { className: 'toggle', type: 'button', onclick: () => show(panel.hidden), attributes: { 'aria-label': wOpen, 'aria-expanded': 'false' } }, icon('M21 12a8 8 0 0 1-11.6 7.1L4 20.5l1.4-4.6A8 8 0 1 1 21 12z'), badge);
    header.append(make('button', { type: 'button', onclick: () => show(false), attributes: { 'aria-label': wClose } }, icon('M6 6l12 12M18 6L6 18')));
    panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') show(false); });
    root.append(toggle);
  }

  // What was said. Texts are text, never HTML; only http and https become links.
  const day = (at) => at.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', ...(at.toDateString() === new Date().toDateString() ? {} : { day: 'numeric', month: 'short' }) });
  const link = (address, label = address) => make('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow', textContent: label });
  const linked = (text) => text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/).map((part, index) => (index % 2 ? link(part) : part));
  const add = (text, mine, at, attachments = []) => {
    const near = mine || log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    const bubble = make('div', { className: 'text', attributes: { dir: 'auto' } }, ...linked(text));
    for (const file of attachments || []) if (/^https?:/.test(file.url)) bubble.append('\n', link(file.url));
    const item = make('li', { className: `${mine ? 'mine ' : ''}${live ? 'new' : ''}` }, make('span', { className: 'sr', textContent: `${mine ? wYou : title}: ` }), bubble, make('time', { dateTime: at.toISOString(), textContent: day(at) }));
    list.append(item);
    if (near) log.scrollTop = log.scrollHeight;
    return item;
  };
  let typingEnds;
  const showTyping = (on) => {
    clearTimeout(typingEnds);
    if (typing.hidden !== on) return on && (typingEnds = setTimeout(showTyping, 30000, false));
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    typing.hidden = !on;
    told.textContent = on && reading() ? `${title} ${wTyping}` : '';
    if (on) typingEnds = setTimeout(showTyping, 30000, false);
    if (near) log.scrollTop = log.scrollHeight;
    return on;
  };

  let user = script.dataset.userToken ? { token: script.dataset.userToken } : script.dataset.userId ? { id: script.dataset.userId, hash: script.dataset.userHash } : undefined;
  let session, socket, beat, retry, heard = 0, lastSeq, seenSeq = 0, tries = 0, started = false, live = false;
  const pending = new Map();
  const shown = new Map();
  const keep = () => unsent(pending.size ? JSON.stringify([...pending].map(([id, { text }]) => [id, text])) : null);

  const open = async (visitorToken) => {
    const response = await fetch(`${base}/live-chat/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ widgetId, workspace, visitorToken, user }) });
    if (!response.ok) throw Object.assign(new Error('session'), { status: response.status });
    return response.json();
  };
  const openSession = async () => {
    const before = visitor() || undefined;
    try {
      session = await open(before);
    } catch (error) {
      if (error.status !== 401 || !before) throw error;
      visitor(null);
      session = await open();
    }
    visitor(session.visitorToken);
    if (conversation && conversation !== session.conversationId) clear();
    conversation = session.conversationId;
    host.dispatchEvent(new CustomEvent('followup-session', { detail: session, bubbles: true }));
  };
  let conversation;
  const clear = () => {
    lastSeq = undefined;
    seenSeq = 0;
    live = false;
    shown.clear();
    for (const item of [...list.children]) if (![...pending.values()].some((waiting) => waiting.item === item)) item.remove();
  };

  const send = (frame) => { if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame)); };
  const sawAll = () => {
    if (lastSeq > seenSeq && reading()) {
      seenSeq = lastSeq;
      send({ type: 'seen', seq: lastSeq });
    }
  };
  const settle = (id, seq) => {
    const waiting = pending.get(id);
    if (!waiting) return;
    pending.delete(id);
    keep();
    waiting.item.classList.remove('waiting');
    waiting.item.querySelector('.fault')?.remove();
    if (seq) shown.set(seq, waiting.item);
  };
  const fail = (id) => {
    const waiting = pending.get(id);
    if (!waiting || waiting.item.querySelector('.fault')) return;
    const again = make('button', { type: 'button', textContent: wRetry, onclick: () => { fault.remove(); resend(id); field.focus(); } });
    const fault = make('span', { className: 'fault', attributes: { role: 'alert' } }, `${wNotSent} `, again);
    waiting.item.append(fault);
    log.scrollTop = log.scrollHeight;
  };
  const resend = (id) => { const waiting = pending.get(id); if (waiting) send({ type: 'message', clientMessageId: id, text: waiting.text }); };

  const receive = (frame) => {
    heard = Date.now();
    if (frame.type === 'welcome') {
      lastSeq = frame.from;
      caughtUp = frame.lastSeq;
      if (lastSeq >= caughtUp) goLive();
      for (const id of pending.keys()) resend(id);
    } else if (frame.type === 'message') {
      if (frame.seq <= lastSeq) return;
      lastSeq = frame.seq;
      const mine = frame.author === 'contact';
      if (mine) settle(frame.messageId.replace(/^chat-/, ''), frame.seq);
      else showTyping(false);
      if (!shown.has(frame.seq)) shown.set(frame.seq, add(frame.text, mine, new Date(frame.at), frame.attachments));
      // The conversation's order is what counts; what waits here stays below.
      for (const item of [shown.get(frame.seq), ...[...pending.values()].map((waiting) => waiting.item)]) if (item !== list.lastElementChild) list.append(item);
      if (!mine && live) {
        if (reading()) sawAll();
        else {
          send({ type: 'ack', seq: frame.seq });
          count(unread + 1);
          told.textContent = `${title}: ${frame.text}`;
        }
      }
      if (!live && lastSeq >= caughtUp) goLive();
    } else if (frame.type === 'typing') {
      showTyping(true);
    } else if (frame.type === 'ack') {
      settle(frame.clientMessageId, frame.seq);
    } else if (frame.type === 'error' && pending.has(frame.clientMessageId)) {
      if (frame.status === 429 || frame.status === 503) setTimeout(resend, 1500 + Math.random() * 1500, frame.clientMessageId);
      else fail(frame.clientMessageId);
    }
  };
  let caughtUp = 0;
  // The past is not read out; what comes from now on is.
  const goLive = () => {
    live = true;
    log.scrollTop = log.scrollHeight;
    setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
    if (reading()) sawAll(); else if (lastSeq) send({ type: 'ack', seq: lastSeq });
  };

  const connect = async () => {
    clearTimeout(retry);
    try {
      if (!session) await openSession();
    } catch (error) {
      return again(error.status);
    }
    const mine = socket = new WebSocket(`${base.replace(/^http/, 'ws')}/live-chat/socket?widgetId=${encodeURIComponent(widgetId)}&workspace=${encodeURIComponent(workspace)}`);
    mine.onopen = () => {
      heard = Date.now();
      status.textContent = '';
      send({ type: 'hello', sessionToken: session.sessionToken, lastSeq });
      clearInterval(beat);
      beat = setInterval(() => {
        if (Date.now() - heard > 50000 && visible()) return mine.close();
        if (visible()) send({ type: 'heartbeat' });
      }, 20000);
    };
    mine.onmessage = (event) => {
      tries = 0;
      receive(JSON.parse(event.data));
    };
    mine.onclose = (event) => {
      if (socket !== mine) return;
      clearInterval(beat);
      showTyping(false);
      if (event.code === 1008 || event.code === 4001) session = undefined;
      again(event.code === 1013 ? 429 : 0);
    };
  };
  const again = (code) => {
    status.textContent = code === 403 || code === 404 ? wUnavailable : code === 429 ? wTooMany : navigator.onLine === false ? wOffline : wConnecting;
    const wait = code === 403 || code === 404 || code === 429 ? 60000 : Math.min(30000, 400 * 2 ** tries++);
    clearTimeout(retry);
    retry = setTimeout(connect, wait * (0.75 + Math.random() / 2));
  };
  const restart = () => {
    session = undefined;
    const before = socket;
    socket = undefined;
    before?.close();
    clearInterval(beat);
    if (started) connect();
  };
  const start = () => { if (!started) { started = true; connect(); } };

  const newId = () => (crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''));
  const queue = (id, text) => {
    const item = add(text, true, new Date());
    item.classList.add('waiting');
    pending.set(id, { text, item });
    keep();
    resend(id);
  };
  const say = (text) => {
    const words = text.trim();
    if (words) queue(newId(), words.slice(0, 4096));
  };
  let typedAt = 0;
  const fit = () => {
    field.style.height = '';
    field.style.height = `${Math.min(130, Math.max(46, field.scrollHeight + 2))}px`;
  };
  field.oninput = () => {
    fit();
    if (field.value && Date.now() - typedAt > 3000) {
      typedAt = Date.now();
      send({ type: 'typing' });
    }
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    say(field.value);
    field.value = '';
    typedAt = 0;
    fit();
    field.focus();
  };
  field.onkeydown = (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); } };
  document.addEventListener('visibilitychange', () => {
    if (!visible()) return;
    send({ type: 'heartbeat' });
    sawAll();
    if (started && (!socket || socket.readyState > 1)) connect();
  });
  addEventListener('online', () => { if (started && (!socket || socket.readyState > 1)) connect(); });
  addEventListener('offline', () => { status.textContent = wOffline; });

  host.followUp = window.followUpChat = {
    get session() { return session; },
    say: (text) => { start(); say(text); },
    open: () => show(true),
    close: () => show(false),
    // After a sign-in without a page load: {id, hash} or {token} from your server.
    identify: (told) => { user = told; restart(); },
    // At sign-out: forgets the visitor on this browser.
    reset: () => { user = undefined; visitor(null); pending.clear(); keep(); conversation = undefined; clear(); restart(); },
  };
  try {
    for (const [id, text] of JSON.parse(unsent() || '[]')) queue(id, text);
  } catch { unsent(null); }
  if (inline || visitor() || pending.size) start();
})();
