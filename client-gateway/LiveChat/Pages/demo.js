// Shows the Response Info of the visitor's own demo conversation, live.
(() => {
  'use strict';
  const at = (id) => document.getElementById(id);
  const chat = at('chat');
  let session;
  const words = (text) => text.replace(/([A-Z])/g, ' $1').toLowerCase();
  const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = (iso) => new Date(iso).toLocaleString([], { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const left = (from, to) => {
    let seconds = Math.max(0, Math.round((new Date(to) - new Date(from)) / 1000));
    const parts = [];
    for (const [size, unit] of [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']]) {
      if (seconds >= size && parts.length < 2) { parts.push(`${Math.floor(seconds / size)} ${unit}`); seconds %= size; }
    }
    return parts.length ? `in ${parts.join(' ')}` : 'now';
  };
  const shown = {};
  // Only what changed is touched, so that a screen reader is told of news alone.
  const put = (id, items) => {
    const now = items.map((item) => item.outerHTML).join('');
    if (shown[id] !== now) at(id).replaceChildren(...items);
    shown[id] = now;
  };
  const say = (id, text) => { if (at(id).textContent !== text) at(id).textContent = text; };
  const make = (name, text, className) => Object.assign(document.createElement(name), { textContent: text ?? '', className: className ?? '' });

  const step = (info, item) => {
    const box = make('li', '', item.expected ? '' : 'later');
    const top = make('div', '', 'top');
    top.append(make('strong', `${item.number} of ${item.of}`), make('span', words(item.state)));
    if (item.channel) top.append(make('small', `on ${words(item.channel)}`));
    if (item.dueAt && item.expected) top.append(make('span', left(info.asOf, item.dueAt), 'in'));
    box.append(top);
    const said = [];
    if (item.dueAt) said.push(`${item.expected ? 'due' : 'about'} ${day(item.dueAt)}`);
    if (item.waitingFor) said.push(`waits for ${item.waitingFor}`);
    if (item.expected && item.expected.outcome !== 'send') said.push(`expected: ${item.expected.outcome}${item.expected.reason ? ` (${words(item.expected.reason)})` : ''}`);
    if (item.reason) said.push(words(item.reason));
    box.append(make('small', said.join(' · ')));
    if (item.text) box.append(make('div', `“${item.text}”`));
    return box;
  };
  const show = (info) => {
    say('status', words(info.status));
    at('clock').textContent = `engine's time ${clock(info.asOf)}`;
    const plan = info.plan;
    at('empty').hidden = true;
    at('past').hidden = !info.history.length;
    const quoted = plan?.because.quoted && `“${plan.because.quoted}”`;
    const why = plan && (plan.scenario === 'stoppedResponding' ? `the contact went silent${quoted ? ` after ${quoted}` : ''}` : `${quoted || 'the message'} was read as ${words(plan.because.intent)}`);
    say('because', plan ? `Plan: ${words(plan.scenario)}, because ${why}${plan.because.zoneAssumed ? ` (time zone assumed: ${plan.because.zone})` : ''}.` : 'No follow-up is planned right now.');
    put('steps', plan ? plan.steps.map((item) => step(info, item)) : []);
    put('history', info.history.slice(-30).reverse().map((line) => {
      const item = make('li');
      item.append(make('time', clock(line.at)), make('b', words(line.kind)));
      const more = [line.scenario && words(line.scenario), line.stepId, line.reason && `because ${words(line.reason)}`, line.dueAt && `due ${day(line.dueAt)}`, line.detail].filter(Boolean);
      item.append(make('small', more.join(' · ')));
      return item;
    }));
  };
  const look = async () => {
    if (!session) return;
    try {
      const response = await fetch('/live-chat/demo/response-info', { headers: { 'FollowUp-Session': session.sessionToken } });
      if (response.status === 200) show(await response.json());
    } catch { /* the next look tries again */ }
  };
  chat.addEventListener('followup-session', (event) => { session = event.detail; look(); });
  for (const button of document.querySelectorAll('[data-say]')) button.onclick = () => chat.followUp.say(button.dataset.say);
  session = chat.followUp.session;
  look();
  setInterval(look, 1000);
})();
