/** A subject that the stand-in can answer questions about. */
export interface Topic {
  /** The first pattern names the subject and must match. Each match counts one point. */
  when: readonly RegExp[];
  /** In Markdown. If the question is asked again, the next one is used. */
  answers: readonly string[];
  /** The answer if the visitor asks for more. */
  more?: string;
}

/** Prepared answers about the demo's product. */
export const topics: readonly Topic[] = [
  {
    when: [/\blight\b|\bled\b/i, /\b(red|amber|orange|white|blue|green|blink)/i, /means?\b|meaning/i],
    answers: [
      `A light that blinks **red** means a fault. Everything else is normal:

| Light | Meaning |
| --- | --- |
| pulses green | feeding in; faster means more |
| white | waiting for the grid or the sun, up to five minutes |
| blinks blue | pairing with the app |
| amber | reduced power for a while because of heat or grid voltage |
| **red** | **a fault: count the blinks** |
| off | too little light |

Two blinks, a pause and one blink mean \`E21\`. Tell me the code, and I will tell you what to do.`,
      `Only **red** means a fault. It blinks in two groups, one for each digit of the code.

- ●● pause ● → **E21**, no voltage from panel 1
- ●●● pause ● → **E31**, the Core is too hot
- ●●●● pause ● → **E41**, insulation fault: unplug it and leave it unplugged

You do not have to do anything about green, white, blue and amber.`,
    ],
    more: `Amber is the color that people worry about most. The Core turns amber when it **reduces its power on purpose**:

1. It is hotter than 65 °C. Shade it and keep its cooling fins clear.
2. The grid voltage in your street is above 253 V. That happens around noon on sunny days, when many roofs feed in. The Core recovers automatically.

Neither does any harm. If it is amber on most days, mount the Core on the north side of the railing.`,
  },
  {
    when: [/\bE ?11\b|\bE ?12\b/i, /grid (voltage|frequency)/i],
    answers: [
      `**E11** is about the grid's voltage, **E12** about its frequency. Your kit is not the cause of either.

1. For E11, try another socket, close to the meter: a long, thin cable raises the voltage.
2. For three days, note the times at which the app shows the code.
3. If it is always around noon, ask your grid operator to measure the voltage. They are required to.

For E12, just wait.`,
    ],
  },
  {
    when: [/\bE ?2[12]\b/i, /no voltage/i],
    answers: [
      `**E21** and **E22** mean that panel 1 or panel 2 delivers no voltage. Nine times out of ten the cause is a plug.

1. Unplug the Core from the wall.
2. Push both plugs of that panel in until they **click**.
3. Swap the two panels at \`PV 1\` and \`PV 2\`, plug the Core in again, and wait a minute.

If the code changes, the panel is faulty. If it stays the same, the input of the Core is faulty. Both are covered by the warranty.`,
    ],
  },
  {
    when: [/\bE ?31\b/i, /too hot|overheat/i],
    answers: [
      `**E31**: the Core got too hot and switched off to protect itself. It restarts below 65 °C.

- Mount it upright, so that air can rise between the cooling fins.
- Keep it out of the sun, on the back of the railing.
- Leave 10 cm of space on each side, and no flower box below.`,
    ],
  },
  {
    when: [/\bE ?41\b/i, /insulation|electric shock/i],
    answers: [
      `**Unplug it now, and leave it unplugged.** E41 means that current may be leaking outside the cable.

1. Pull the plug with dry hands.
2. Look for damaged cables and for water in the plugs.
3. Do not plug it in again to check whether the code is gone.
4. Call us: +49 30 23125 014, Monday to Friday, 9 a.m. to 5 p.m.

Do not try to fix this one yourself. If the fault is in the wall and not in the kit, you need an electrician.`,
    ],
  },
  {
    when: [/batter(y|ies)|\bstore\b|storage/i, /\bpay|\bworth|\bcosts?\b|price|money|save/i],
    answers: [
      `**Yes, for most people.** It pays for itself in about five years. Without a battery you use 58 % of what the balcony produces; with one Store it is 88 %.

| | Duo alone | with one Store | with two |
| --- | ---: | ---: | ---: |
| Used by you | 58 % | 88 % | 94 % |
| Saved per year, at €0.32 | €134 | €203 | €217 |
| Price | €549 | €1,048 | €1,547 |
| Pays for itself in | 4.1 years | 5.2 years | 7.1 years |

The second Store saves only €14 more per year. Choose it if you are out all day and cook in the evening.`,
      `Yes, and here is the calculation. One Store costs **€499** and saves **€69 per year** more than the panels alone:

\`\`\`text
720 kWh × (88 % − 58 %) × €0.32 = €69
€499 ÷ €69                      = 7.2 years
\`\`\`

Together with the panels, it pays for itself in **5.2 years**, and the warranty is ten years. The battery saves less if you are at home during the day and do your laundry at noon, and more if you work elsewhere.`,
    ],
    more: `What matters most is **when** you use power:

- **Out during the day, cooking in the evening:** you use nearly everything that the Store holds. The Store alone pays for itself in under seven years.
- **At home during the day:** you already use 70 % yourself, so there is less to gain: nine years.
- **A Sillwatt Meter** (€79) lets the Store follow what you are using, and saves about 8 % more.

The price of electricity matters too: at €0.40 per kilowatt-hour, all these times are a fifth shorter.`,
  },
  {
    when: [/batter(y|ies)|\bstore\b/i, /winter|frost|freez|cold|outdoor|outside|temperature/i],
    answers: [
      `It can stay outside, dry and upright. Below freezing it **heats itself before it charges**, and below −10 °C it switches off.

| Cell temperature | Charging | Discharging |
| --- | --- | --- |
| below −10 °C | off | off |
| −10 to 0 °C | heats itself first | half power |
| 0 to 45 °C | full | full |
| above 45 °C | half power | full |

A basement or a hallway is better for the battery. The cable can be three meters longer.`,
    ],
  },
  {
    when: [/\bmodes?\b|follow me|steady\b|evening mode/i, /batter|store|set|choose|which/i],
    answers: [
      `There are three modes. Start with **Evening**.

- **Evening** fills the Store first and delivers 200 W from sunset on. It needs no settings and no Wi-Fi.
- **Follow me** measures your household with the Sillwatt Meter and delivers exactly what you are using. It saves the most.
- **Steady** delivers the same power day and night, for example for a fridge or a router.

After two weeks the app shows how much *Follow me* would have saved you.`,
    ],
  },
  {
    when: [/mount|install|hang|attach|set ?up|\bfix\b|torque|tighten/i, /railing|balcony|panel|step/i],
    answers: [
      `It takes two people about ninety minutes, without drilling:

1. Hang four **hooks** over the top rail for each panel, 90 cm apart.
2. Lift the panel in **from the inside**. One person holds it while the other closes the clamps with 12 Nm.
3. Fit the **struts**: at 20° the panels produce almost a fifth more than hanging straight.
4. Run both **safety tethers** around the rail itself, not around the hooks.
5. Hang the second panel the same way, with a gap of 2 cm.
6. Screw the **Core** to the back of the railing, with its cooling fins vertical and out of the sun.
7. Click the panel cables into \`PV 1\` and \`PV 2\`. Connect the wall socket last.

> Do not mount panels in winds above 30 km/h.

Steel and aluminum rails are fine. Glass panes are not, unless they have a metal frame.`,
      `### What you need
A 13 mm socket, a torque wrench, a second person, and a calm day.

### What you do
1. Hang the hooks over the rail and tighten them by hand.
2. Lift the panel in from the inside and close the clamps with **12 Nm**.
3. Fit the struts for the tilt, then run **both tethers** around the rail.
4. Do the same with the second panel.
5. Mount the Core behind the railing, in the shade.
6. Connect the panels to \`PV 1\` and \`PV 2\`, then plug the Core into the wall.

See [the mounting page](/install) for details.`,
    ],
    more: `These are the most common mistakes:

- **Tight cables.** Leave a loop below each plug, so that rain drips off.
- **A shadow across one corner** costs a third of that panel's power. Check again at noon.
- **No tethers.** Without them your insurance does not pay.

Also tell your landlord in writing before you begin. In most countries landlords can decide *how* you mount the panels, but not *whether*.`,
  },
  {
    when: [/wall|flat roof|garden|ground/i, /mount|install|panel|tilt|ballast/i],
    answers: [
      `The same panels fit three mounts:

| Mount | Tilt | Tools | Ballast |
| --- | --- | --- | --- |
| Railing | 0° to 25° | 13 mm socket, torque wrench | none |
| Wall | 0°, 10° or 20° | hammer drill, 10 mm bit | none |
| Flat roof | 15° or 30° | none | 60 kg per panel |

A flat roof facing south at 30° produces the most: **830 kWh** per year.`,
    ],
  },
  {
    when: [/in the box|contents|included|parts|what do i get|weigh|heavy|how (big|large)|\bsize\b/i],
    answers: [
      `Everything except the tools:

- 2 glass-glass panels, 440 W, 22 kg each
- 1 Core, 800 W
- 8 stainless hooks and 4 tilt struts
- 4 safety tethers
- 1 cable with plug, 5 m

You need a 13 mm socket, a torque wrench and a second person.`,
    ],
  },
  {
    when: [/regist|permission|permit|legal|allowed|landlord|rent/i, /where|what|who|have to|need|must/i],
    answers: [
      `In Germany, register your system in the **market register** within a month of the first start. It is free and takes ten minutes.

1. Open *Settings → Registration* in the app. All numbers are filled in.
2. Send the form. Your grid operator is notified automatically.
3. If you have an old meter, the operator replaces it. Until then it may run backwards.

In **Austria** and **Switzerland**, notify your grid operator. In most of Europe, systems of up to 800 W need no permission. If you rent, tell your landlord in writing.`,
      `It depends on the country:

| Country | What | Where |
| --- | --- | --- |
| Germany | registration within a month | market register, online |
| Austria | notification | your grid operator |
| Switzerland | notification | your grid operator |

The app fills in the numbers. Up to 800 W you need no electrician and no permission. If you rent, tell your landlord in writing.`,
    ],
  },
  {
    when: [/\bapp\b/i, /no data|offline|not found|find|empty|shows? nothing|disconnect/i],
    answers: [
      `Check these three things first:

1. **Is it daytime?** Without light the Core is off, including its Wi-Fi. At night the app shows yesterday's data.
2. **Is your phone on the same network**, and not on the guest network?
3. **New router or password?** Hold the Core's button for three seconds until the light blinks blue, and pair it again.

If that does not help, unplug the Core, wait two minutes, and plug it in again in daylight. It produces power even if the app shows no data.`,
    ],
    more: `If the Core appears and disappears again, the signal is too weak. The Core has a small antenna:

- It only supports **2.4 GHz**.
- The signal does not pass through two concrete walls. A repeater at the balcony door helps.
- In the app, *Core → Signal* should be above −75 dBm.`,
  },
  {
    when: [/wi-?fi|wlan|pair|router|bluetooth/i],
    answers: [
      `1. Tap *Add a Core* in the app.
2. Hold the button on the Core for **three seconds**, until the light blinks blue.
3. The app finds it over Bluetooth and sends it the name and password of your Wi-Fi.

The Core only supports **2.4 GHz**. If your router uses one name for both bands, keep the phone next to the Core while pairing.`,
    ],
  },
  {
    when: [/winter|december|month|season|snow|year/i, /make|yield|produce|kwh|much|power/i],
    answers: [
      `In winter it produces about **a tenth of the yearly total**: about 78 of 720 kWh from December to February, on a railing facing south at 20°.

| Month | kWh | | Month | kWh |
| --- | ---: | --- | --- | ---: |
| January | 24 | | July | 95 |
| February | 38 | | August | 83 |
| March | 63 | | September | 65 |
| April | 82 | | October | 43 |
| May | 93 | | November | 22 |
| June | 96 | | December | 16 |

June produces six times as much as December. Panels that hang straight down do a little better in winter, because the sun is low and snow slides off.`,
    ],
    more: `You can get a bit more out of the dark months:

- Hang the panels **straight down** from November to February: they produce about 10 % more in those months.
- Light snow slides off the glass. Never scrape it.
- Cold is good for panels: they produce 3 % more for every 10 degrees less.`,
  },
  {
    when: [
      /\b(south|west|east|north)\b|direction|orientation|faces|facing|looks/i,
      /yield|make|worth|kwh|balcony|much/i,
    ],
    answers: [
      `**East and west are worth it**, north is not.

| Railing faces | Straight | Tilted 20° | Pays for itself in |
| --- | ---: | ---: | ---: |
| South | 610 kWh | 720 kWh | 4.1 years |
| South-east, south-west | 570 kWh | 660 kWh | 4.5 years |
| East, west | 450 kWh | 520 kWh | 5.1 years |
| North | 210 kWh | 240 kWh | 11 years |

East and west produce less, but at breakfast and dinner, when you use the power yourself. That is why they pay off better than their kilowatt-hours suggest.`,
    ],
  },
  {
    when: [/script|\bapi\b|curl|code|json|home assistant|python|javascript|program/i],
    answers: [
      `The Core has an API on your local network. It needs no cloud and no key:

\`\`\`sh
curl http://sillwatt.local/api/v1/live
\`\`\`

\`\`\`json
{ "power_w": 612, "today_wh": 2841, "battery": { "level": 0.74, "w": 180 }, "light": "green" }
\`\`\`

And in Python, to switch something on when there is enough power:

\`\`\`python
import json, time, urllib.request

def live():
    with urllib.request.urlopen("http://sillwatt.local/api/v1/live") as answer:
        return json.load(answer)

while True:
    power = live()["power_w"]
    print(f"{power} W", "start the dishwasher" if power > 500 else "wait")
    time.sleep(10)
\`\`\`

Values are updated every **two seconds**. To set a lower limit until midnight, send \`POST /api/v1/limit\` with \`{"watts": 600}\`.`,
    ],
  },
  {
    when: [/extension|socket|cable|power strip|plug\b/i],
    answers: [
      `Plug the Core **directly into a wall socket**, never into a power strip. The cable is 5 m long.

Outdoors, use only a *single* extension cable, rated for **16 A** and **IP44**. Work behind the socket is for an electrician.`,
    ],
  },
  {
    when: [/clean|dirt|dust|pollen|wash the panel/i],
    answers: [
      `You hardly ever have to clean them. Pollen costs up to 5 % and disappears with the next rain. If you want to clean them anyway, use **cold water and a soft cloth** in the morning, before the glass is hot. Do not use soap or a pressure washer.`,
    ],
  },
  {
    when: [/guarantee|warranty|return|broken|refund/i, /how long|years|kit|panel|core|store/i],
    answers: [
      `| Part | Warranty |
| --- | --- |
| Panels (output) | 25 years |
| Core | 12 years |
| Store | 10 years, also for a new owner |

Shipping is free. Please have the number below the Core's button ready.`,
    ],
  },
  {
    when: [/phone number|contact|call you|human|person|support|e-?mail|talk to/i],
    answers: [
      `Of course: **+49 30 23125 014**, Monday to Friday, 9 a.m. to 5 p.m., or help@sillwatt.example. Please have the number below the Core's button ready.`,
    ],
  },
  {
    when: [/shad(e|ow)|less than|lower than|too little|dropped/i, /panel|power|make|last year|noon/i],
    answers: [
      `Check in this order: **a shadow, a plug, a crack.**

1. Compare both panels in the app at noon. Is one a quarter below the other?
2. A strip of shade on one corner costs a third of that panel's power. Move the panel by 10 cm.
3. Push its plugs in until they click.
4. Look along the glass for a crack.

Also compare each month with the *same* month of last year, not with the month before.`,
    ],
  },
  {
    when: [/price|cost|how much is|buy/i, /duo|kit|core|meter|sillwatt|\bit\b/i],
    answers: [
      `| | Price |
| --- | ---: |
| Duo: two panels, Core, mounts, cable | €549 |
| Store, 1.6 kWh | €499 |
| Meter, for *Follow me* | €79 |

Facing south, the Duo saves about **€134 per year** and pays for itself in 4.1 years.`,
    ],
  },
  {
    when: [/everything|complete guide|from start to finish|whole (story|guide)|long answer|overview/i],
    answers: [
      `# The Sillwatt Duo, from the box to the first kilowatt-hour

## 1. Before you start
Steel and aluminum rails can carry it; glass panes cannot. Tell your landlord in writing, and check where the socket is: the cable is **5 m** long.

## 2. Mount it
1. Hang four hooks for each panel, 90 cm apart.
2. Lift the panels in from the inside and close the clamps with **12 Nm**.
3. Fit the struts for the tilt, and run two tethers around the rail.
4. Mount the Core behind the railing, in the shade.

## 3. Start it
Connect the panels to \`PV 1\` and \`PV 2\` first, then plug the Core into the wall. The light turns white for a minute, then pulses green.

## 4. What it produces

| Railing faces | Tilted 20° | Saved per year |
| --- | ---: | ---: |
| South | 720 kWh | €134 |
| South-west | 660 kWh | €122 |
| East, west | 520 kWh | €106 |

## 5. Read the values

\`\`\`sh
watch -n 2 curl -s http://sillwatt.local/api/v1/live
\`\`\`

## 6. Troubleshooting
- **A light that blinks red** shows a fault code. Tell me which one.
- **E41**: do not try to fix it yourself. Unplug the Core and call us.
- For everything else, unplug the Core, wait two minutes, and plug it in again in daylight.

> Ask me about any of these six steps for more details.`,
    ],
  },
  {
    when: [/poem|haiku|joke|song/i],
    answers: [
      `*Two panels lean on morning air,*
*a rail, a plug, a little care;*
*the kettle hums, the meter slows,*
*and noon is where the evening goes.*`,
      `Why did the panel break up with the fridge? *It only ever wanted the dark side.*`,
    ],
  },
  {
    when: [/^\s*(hi|hello|hey|good (morning|evening|afternoon)|hallo|moin)\b/i],
    answers: [
      `Hello! I know the Sillwatt Duo: **mounting**, **first start**, **battery**, **yield** and **fault codes**. What would you like to know?`,
    ],
  },
  {
    when: [/^\s*(thanks|thank you|thx|great|perfect|danke)\b/i],
    answers: [`You are welcome. May the sun be with you.`, `Happy to help! Is there anything else?`],
  },
  {
    when: [/who are you|what are you|are you (an? )?(ai|bot|human|real|model)|which model/i],
    answers: [
      `I am the **stand-in** of this demo: a small program that implements a provider's API, so that everything around it is real. I know only the help pages. With a key in \`.dev.vars\`, a real model answers here.`,
    ],
  },
];
