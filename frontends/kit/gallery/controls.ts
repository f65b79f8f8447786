import { html } from 'lit'
import { toast } from '../src/index.ts'

const swatches = ['bg', 'surface', 'sunken', 'ink', 'brand', 'brand-soft', 'leaf', 'chilli', 'saffron', 'neel', 'beet']

/** Colours, type, and what one presses or fills in. */
export const controls = (scheme: string, openSheet: () => void) => html`
  <section><t-logo></t-logo>
    <p class="big">What’s in your tiffin today?</p>
    <h2>South Indian kitchens</h2><h3>Dal & Daughters</h3>
    <p>Masala dosa crisp from the griddle, with potato, coconut chutney and sambar. <a href="/kit">A link</a> stays ink, underlined in turmeric.</p>
    <p class="quiet small">25–35 min · 1.2 km · <t-money currency="EUR" minor="250"></t-money> delivery</p>
    <div class="swatches">${swatches.map((name) => html`<span class="s-${name}">${name}</span>`)}</div>
  </section>
  <section><h2>Buttons</h2>
    <div class="row"><t-button variant="primary">Order now</t-button><t-button>Not now</t-button><t-button variant="quiet">Skip</t-button><t-button variant="danger">Cancel the order</t-button></div>
    <div class="row"><t-button variant="primary" size="l"><t-icon slot="start" name="shopping-bag"></t-icon>View basket</t-button><t-button size="s">Small</t-button>
      <t-button variant="primary" loading>Placing</t-button><t-button disabled>Sold out</t-button><t-button round label="Favourite"><t-icon name="heart"></t-icon></t-button></div>
    <div class="row"><t-button @click=${openSheet}>Open a sheet</t-button><t-button @click=${() => toast('Added to your basket.', { tone: 'positive', action: { label: 'Undo', run: () => toast('Taken out again.') } })}>Show a toast</t-button></div>
  </section>
  <section><h2>Choices</h2>
    <t-search label="Search dishes, ${scheme}" placeholder="Dosa, ramen, a kitchen’s name…"></t-search>
    <t-chips label="Cuisine"><t-chip selected>All</t-chip><t-chip count="6">Indian</t-chip><t-chip count="4">Japanese</t-chip><t-chip icon="leaf">Vegetarian</t-chip><t-chip disabled>Closed</t-chip></t-chips>
    <div class="row"><t-stepper label="masala dosa" value="2"></t-stepper><t-stepper label="lassi" value="1" removable size="s"></t-stepper></div>
  </section>
  <section><h2>Forms</h2>
    <wa-input label="Street and number" placeholder="12 Lake Road" hint="Where we ring the bell."></wa-input>
    <wa-textarea label="A wish for the kitchen" rows="2"></wa-textarea>
    <wa-radio-group label="Spice" name="spice-${scheme}" value="medium"><wa-radio value="mild">Mild</wa-radio><wa-radio value="medium">Medium</wa-radio><wa-radio value="hot">Hot</wa-radio></wa-radio-group>
    <wa-checkbox checked>Cutlery, please</wa-checkbox><wa-switch checked>Tell me when it leaves</wa-switch>
  </section>`
