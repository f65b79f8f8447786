import { session } from '@tiffin/kit'
import { html, type TemplateResult } from 'lit'

/** What is shown to whoever is nobody who delivers. The shell keeps them out; a role without a courier behind it gets here. */
export const stranger = (): TemplateResult => html`<t-empty level="1" heading="Who brings the food?" dish="bento-box">
  <span>${session.persona ? `${session.persona.name} doesn’t deliver. Choose somebody who does.` : 'Say who you are to see your shift.'}</span>
  <t-button slot="actions" variant="primary" @click=${() => session.ask()}><t-icon slot="start" name="user"></t-icon>Choose who you are</t-button>
</t-empty>`
