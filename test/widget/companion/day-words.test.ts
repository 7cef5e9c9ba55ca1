import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { dayOf, dayWords, nextDay } from "../../../widget/companion/day-words.ts";

const { TZ } = process.env;

/** The name of a day as a device in a time zone shows it. Times are ISO 8601. */
function named(time: string, now: string, zone = "UTC", lang = "en"): string {
  process.env["TZ"] = zone;
  return dayWords(Date.parse(time), Date.parse(now), lang);
}

describe("the name of a day", () => {
  afterEach(() => {
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  });

  it("changes at midnight of the visitor's time zone, and at no other time", () => {
    assert.equal(named("2026-11-25T23:59:59Z", "2026-11-25T23:59:59.9Z"), "Today");
    assert.equal(named("2026-11-25T23:59:59Z", "2026-11-26T00:00:00Z"), "Yesterday");
    assert.equal(named("2026-11-25T23:59:59Z", "2026-11-26T00:00:00Z", "Asia/Tokyo"), "Today");
    assert.equal(named("2026-11-25T14:59:59Z", "2026-11-25T15:00:00Z", "Asia/Tokyo"), "Yesterday");
    assert.equal(named("2026-11-25T00:00:00Z", "2026-11-26T23:59:59Z"), "Yesterday");
    assert.equal(named("2026-11-24T23:59:59Z", "2026-11-26T00:00:00Z"), "Tuesday, November 24");
  });

  it("is right when a day has 23 or 25 hours", () => {
    assert.equal(named("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", "Europe/Berlin"), "Yesterday");
    assert.equal(named("2026-10-25T00:30:00+02:00", "2026-10-25T23:30:00+01:00", "Europe/Berlin"), "Today");
    assert.equal(
      named("2026-10-24T22:30:00+02:00", "2026-10-26T00:30:00+01:00", "Europe/Berlin"),
      "Saturday, October 24",
    );
    const midnight = Date.parse("2026-10-26T00:00:00+01:00");
    assert.equal(nextDay(Date.parse("2026-10-25T01:00:00+02:00")), midnight);
    assert.equal(dayOf(midnight) - dayOf(midnight - 1), 1);
  });

  it("has the year if that is another one", () => {
    assert.equal(named("2025-12-30T12:00:00Z", "2026-01-02T12:00:00Z"), "December 30, 2025");
    assert.equal(named("2025-12-31T12:00:00Z", "2026-01-01T12:00:00Z"), "Yesterday");
  });

  it("is in each language of the chat, as a heading", () => {
    const names = ["ar", "de", "en", "es", "fr", "he", "ja", "pt-BR", "zh-Hans"].map((lang) =>
      ["2026-11-26T12:00:00Z", "2026-11-25T12:00:00Z", "2026-11-20T12:00:00Z"]
        .map((time) => named(time, "2026-11-26T13:00:00Z", "UTC", lang))
        .join(" | "),
    );
    assert.deepEqual(names, [
      "اليوم | أمس | الجمعة، 20 نوفمبر",
      "Heute | Gestern | Freitag, 20. November",
      "Today | Yesterday | Friday, November 20",
      "Hoy | Ayer | Viernes, 20 de noviembre",
      "Aujourd’hui | Hier | Vendredi 20 novembre",
      "היום | אתמול | יום שישי, 20 בנובמבר",
      "今日 | 昨日 | 11月20日金曜日",
      "Hoje | Ontem | Sexta-feira, 20 de novembro",
      "今天 | 昨天 | 11月20日星期五",
    ]);
  });
});
