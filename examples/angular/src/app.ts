import { Component, signal } from "@angular/core";
import { InstantCard } from "instant-card/angular";

@Component({
  selector: "app-root",
  imports: [InstantCard],
  template: `
    <h1>Cards for our members</h1>
    <p>
      <label>
        Language
        <select #choice (change)="language.set(choice.value)">
          <option value="en">English</option>
          <option value="es">Español</option>
        </select>
      </label>
      <button type="button" (click)="isOpen.set(!isOpen())">{{ isOpen() ? "Close" : "Open" }} the card form</button>
    </p>
    <main>
      @if (isOpen()) {
        <instant-card
          api-base="/api/v2/"
          [lang]="language()"
          [prefill]="prefill"
          (ic-card-finalized)="finalized($event.detail.cardId)"
        ></instant-card>
      }
    </main>
    <ul aria-label="Cards made">
      @for (card of made(); track card) {
        <li>Card {{ card }} is ready</li>
      }
    </ul>
  `,
})
export class App {
  readonly prefill = { DEPARTMENT: "Rowing" };
  readonly language = signal("en");
  readonly isOpen = signal(true);
  readonly made = signal<number[]>([]);

  finalized(card: number) {
    this.made.update((made) => [...made, card]);
  }
}
