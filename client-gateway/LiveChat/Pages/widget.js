// The live chat widget: plain JavaScript, no library. Talks the protocol of docs/live-chat.md.
(() => {
  'use strict';
  const script = document.currentScript;
  const base = new URL(script.src).origin;
  const widgetId = script.dataset.widgetId;
  const workspace = script.dataset.workspace || 'default';
  const store = `followup.${workspace}.${widgetId}`;
  const inline = script.dataset.inline && document.querySelector(script.dataset.inline);
  const user = script.dataset.userId ? { id: script.dataset.userId, hash: script.dataset.userHash } : undefined;

  const css = `
    :host { all: initial; font: 15px/1.45 system-ui, sans-serif; color-scheme: light dark; --accent: #0b6e4f; --ink: light-dark(#1c2321, #ecf1ef); --paper: light-dark(#fff, #161c1a); --bubble: light-dark(#eef3f1, #242d2a); }
    * { box-sizing: border-box; }
    button { font: inherit; cursor: pointer; border: 0; border-radius: 999px; background: var(--accent); color: #fff; }
    button:focus-visible, textarea:focus-visible { outline: 3px solid #f2a65a; outline-offset: 2px; }
    .open { position: fixed; right: 20px; bottom: 20px; width: 56px; height: 56px; font-size: 24px; z-index: 2147483000; }
    .panel { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); }
    .floating { position: fixed; right: 12px; bottom: 88px; width: min(370px, calc(100vw - 24px)); height: min(560px, calc(100dvh - 110px)); border-radius: 14px; box-shadow: 0 10px 40px #0004; overflow: hidden; z-index: 2147483000; }
    .inline { height: 100%; min-height: 320px; }
    [hidden] { display: none !important; }
    header { padding: 10px 14px; background: var(--accent); color: #fff; font-weight: 600; }
    header small { font-weight: 400; opacity: .85; margin-left: 8px; }
    ol { list-style: none; margin: 0; padding: 14px; flex: 1; overflow-y: auto; display: flex; flex-direction: column; gap: 8px; }
    li { max-width: 82%; padding: 8px 12px; border-radius: 14px; background: var(--bubble); white-space: pre-wrap; overflow-wrap: anywhere; align-self: flex-start; }
    li.mine { align-self: flex-end; background: var(--accent); color: #fff; }
    li.waiting { opacity: .6; }
    li.failed { outline: 2px solid #c0392b; }
    form { display: flex; gap: 8px; padding: 10px; border-top: 1px solid #8884; }
    textarea { flex: 1; min-width: 0; resize: none; font: inherit; padding: 8px 10px; border-radius: 12px; border: 1px solid #8888; background: transparent; color: inherit; height: 40px; }
    form button { padding: 0 16px; }
    @media (prefers-reduced-motion: no-preference) { li { animation: in .15s ease-out; } @keyframes in { from { opacity: 0; transform: translateY(4px); } } }`;

  const host = inline || document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const make = (name, props = {}, ...children) => {
    const element = Object.assign(document.createElement(name), props);
    element.append(...children);
    return element;
  };
  const title = script.dataset.title || 'Chat';
  const status = make('small');
  const list = make('ol', { tabIndex: 0 });
  list.setAttribute('role', 'log');
  list.setAttribute('aria-live', 'polite');
  list.setAttribute('aria-label', 'Messages');
  const field = make('textarea', { maxLength: 4096, rows: 1, placeholder: 'Write a message' });
  field.setAttribute('aria-label', 'Write a message');
  const form = make('form', {}, field, make('button', { type: 'submit', textContent: 'Send' }));
  const panel = make('section', { className: `panel ${inline ? 'inline' : 'floating'}`, hidden: !inline }, make('header', {}, title, status), list, form);
  panel.setAttribute('aria-label', title);
  root.append(panel);
  if (!inline) {
    const toggle = make('button', { className: 'open', type: 'button', textContent: '💬' });
    toggle.setAttribute('aria-label', 'Open the chat');
    toggle.setAttribute('aria-expanded', 'false');
    const show = (open) => {
      panel.hidden = !open;
      toggle.setAttribute('aria-expanded', String(open));
      toggle.setAttribute('aria-label', open ? 'Close the chat' : 'Open the chat');
      (open ? field : toggle).focus();
      if (open) { start(); sawAll(); }
    };
    toggle.onclick = () => show(panel.hidden);
    panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') show(false); });
    root.append(toggle);
  }

  let session, socket, lastSeq = 0, tries = 0, beat, started = false;
  const pending = new Map();
  const shown = new Map();

  const api = async (path, body) => {
    const response = await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw Object.assign(new Error(path), { status: response.status });
    return response.json();
  };
  const openSession = async () => {
    const visitorToken = localStorage.getItem(store) || undefined;
    try {
      session = await api('/live-chat/session', { widgetId, workspace, visitorToken, user });
    } catch (error) {
      if (error.status !== 401 || !visitorToken) throw error;
      localStorage.removeItem(store);
      session = await api('/live-chat/session', { widgetId, workspace, user });
    }
    localStorage.setItem(store, session.visitorToken);
    host.dispatchEvent(new CustomEvent('followup-session', { detail: session, bubbles: true }));
  };
  const send = (frame) => { if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame)); };
  const visible = () => document.visibilityState === 'visible';
  const sawAll = () => { if (lastSeq && visible() && !panel.hidden) send({ type: 'seen', seq: lastSeq }); };

  const add = (text, mine) => {
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const item = make('li', { textContent: text, className: mine ? 'mine' : '' });
    list.append(item);
    if (near || mine) list.scrollTop = list.scrollHeight;
    return item;
  };
  const settle = (id, seq) => {
    const waiting = pending.get(id);
    if (!waiting) return;
    pending.delete(id);
    waiting.item.classList.remove('waiting', 'failed');
    if (seq) shown.set(seq, waiting.item);
  };
  const receive = (frame) => {
    if (frame.type === 'message') {
      if (frame.seq <= lastSeq) return;
      lastSeq = frame.seq;
      const mine = frame.author === 'contact';
      if (mine) settle(frame.messageId.replace(/^chat-/, ''), frame.seq);
      if (!shown.has(frame.seq)) shown.set(frame.seq, add(frame.text, mine));
      if (!mine) { send({ type: 'ack', seq: frame.seq }); sawAll(); }
    } else if (frame.type === 'ack') {
      settle(frame.clientMessageId, frame.seq);
    } else if (frame.type === 'error' && frame.clientMessageId) {
      const waiting = pending.get(frame.clientMessageId);
      if (frame.code === 'tooFast' && waiting) setTimeout(() => resend(frame.clientMessageId), 1500);
      else if (waiting) waiting.item.classList.add('failed');
    }
  };
  const resend = (id) => { const waiting = pending.get(id); if (waiting) send({ type: 'message', clientMessageId: id, text: waiting.text }); };

  const connect = async () => {
    try {
      if (!session) await openSession();
    } catch {
      return again();
    }
    socket = new WebSocket(`${base.replace(/^http/, 'ws')}/live-chat/socket`);
    socket.onopen = () => {
      tries = 0;
      status.textContent = '';
      send({ type: 'hello', sessionToken: session.sessionToken, lastSeq });
      for (const id of pending.keys()) resend(id);
      clearInterval(beat);
      beat = setInterval(() => { if (visible()) send({ type: 'heartbeat' }); }, 20000);
    };
    socket.onmessage = (event) => receive(JSON.parse(event.data));
    socket.onclose = (event) => {
      clearInterval(beat);
      if (event.code === 1008) session = undefined;
      again();
    };
  };
  const again = () => {
    status.textContent = 'connecting…';
    setTimeout(connect, Math.min(30000, 500 * 2 ** tries++) * (0.75 + Math.random() / 2));
  };
  const start = () => { if (!started) { started = true; connect(); } };

  const say = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    const id = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const item = add(text, true);
    item.classList.add('waiting');
    pending.set(id, { text, item });
    resend(id);
  };
  form.onsubmit = (event) => { event.preventDefault(); say(); };
  field.onkeydown = (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); } };
  document.addEventListener('visibilitychange', () => { if (visible()) { send({ type: 'heartbeat' }); sawAll(); } });
  host.followUp = { say: (text) => { field.value = text; say(); } };
  if (inline || localStorage.getItem(store)) start();
})();
