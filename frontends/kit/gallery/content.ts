import { html } from 'lit'

const dishes = ['curry-rice', 'pizza', 'sushi', 'taco', 'hamburger', 'steaming-bowl', 'green-salad', 'falafel', 'doughnut', 'no-such-dish']

const markers = [
  { kind: 'restaurant' as const, latitude: 52.5208, longitude: 13.4094, label: 'Dal & Daughters' },
  { kind: 'courier' as const, latitude: 52.5172, longitude: 13.4052 },
  { kind: 'home' as const, latitude: 52.5131, longitude: 13.3984, label: 'Home' },
]

const week = ['Sat', 'Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((label, day) => ({ label, value: [0, 310, 120, 45, 0, 480, 210][day] ?? 0, text: `${[0, 310, 120, 45, 0, 480, 210][day]} orders`, current: day === 6 }))

/** What pages are made of. */
export const content = (_scheme: string) => html`
  <section><h2>Cards and dishes</h2>
    <div class="grid">
      <t-card interactive><t-dish class="wide" slot="media" name="curry-rice"></t-dish>
        <div class="row spread"><h3><a class="cover" href="/kit">Dal & Daughters</a></h3><t-badge tone="positive" icon="clock">Open</t-badge></div>
        <p class="quiet small">Indian · Vegetarian</p><p class="small">25–35 min · <t-money currency="EUR" minor="199"></t-money> delivery</p></t-card>
      <t-card interactive><t-dish class="wide" slot="media" name="sushi"></t-dish>
        <div class="row spread"><h3><a class="cover" href="/kit">Umi</a></h3><t-badge>Opens 17:00</t-badge></div>
        <p class="quiet small">Japanese · Sushi</p><p class="small">40 min · <t-money currency="EUR" minor="0"></t-money> delivery</p></t-card>
    </div>
    <div class="dishes">${dishes.map((name) => html`<t-dish name=${name}></t-dish>`)}</div>
  </section>
  <section><h2>Badges and money</h2>
    <div class="row"><t-badge>Neutral</t-badge><t-badge tone="brand" icon="sparkles">New</t-badge><t-badge tone="positive" icon="check">Delivered</t-badge><t-badge tone="warning" icon="clock">Busy</t-badge><t-badge tone="danger" icon="ban">Cancelled</t-badge><t-badge tone="info" icon="bike">On its way</t-badge></div>
    <div class="row"><t-money currency="EUR" minor="1140"></t-money><t-money currency="JPY" minor="1200"></t-money><t-money currency="KWD" minor="12345"></t-money><t-money sign currency="EUR" minor="150"></t-money></div>
  </section>
  <section><h2>Progress</h2>
    <div class="row"><t-stack steps="4" done="0"></t-stack><t-stack steps="4" done="2"></t-stack><t-stack steps="4" done="4"></t-stack><t-stack steps="4" done="2" failed></t-stack></div>
    <t-card><t-timeline .steps=${[
      { label: 'Order placed', state: 'done', time: '2026-01-01T12:03:00Z' },
      { label: 'Confirmed by Dal & Daughters', state: 'done', time: '2026-01-01T12:04:00Z' },
      { label: 'In the kitchen', state: 'current', note: 'Ready at about 12:25' },
      { label: 'On its way', state: 'upcoming' },
    ]}></t-timeline></t-card>
    <t-map route .markers=${markers}></t-map>
    <t-card><t-bars label="Orders by day" of="Day" unit="Orders" .bars=${week}></t-bars></t-card>
  </section>`
