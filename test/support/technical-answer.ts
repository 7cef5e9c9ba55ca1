/** A long technical answer like those of real models, with most of what the renderer supports. */
export const technicalAnswer = `Your kit feeds in through one socket, so **two limits** apply at once: the inverter's *rated power* and the circuit's load. Here is how to check both.

## What the yield depends on

The energy of a day is the irradiation on the panel times its area and efficiency:

$$E = \\eta \\cdot A \\cdot \\int_{t_0}^{t_1} G(t)\\,\\mathrm{d}t$$

With $\\eta = 0{,}21$ and $A = 1{,}95\\ \\mathrm{m}^2$ a clear day in June gives about 2.1 kWh a panel; the kit itself costs $499, shipping is $20.[^1]

### Before you plug it in

1. Read the **rating plate** of the inverter.
2. Compare it with the circuit:
   - a 16 A breaker carries 3,680 W,
   - older wiring may carry less – ask an electrician.
3. Register the plant:
   - [x] grid operator
   - [ ] market register

> **Note:** an inverter of up to 800 W may be registered by yourself. Anything above needs a licensed installer.

| Orientation | Tilt | Yield a year | of the best |
|:------------|:----:|-------------:|------------:|
| South | 30° | 412 kWh | 100 % |
| South-west | 30° | 391 kWh | 95 % |
| East / West | 70° | 297 kWh | 72 % |
| North | 70° | 148 kWh | 36 % |

## Reading the inverter

It speaks Modbus over TCP. The power is in register \`40083\`, as a signed number with a scale factor in \`40084\`:

\`\`\`python
from pymodbus.client import ModbusTcpClient

def power(host: str, unit: int = 1) -> float:
    """Watts that the inverter feeds in right now."""
    with ModbusTcpClient(host) as client:
        value, scale = client.read_holding_registers(40083, 2, slave=unit).registers
        return value * 10 ** (scale - 65536 if scale > 32767 else scale)

print(f"{power('192.168.1.20'):.0f} W")  # e.g. 612 W
\`\`\`

The same from a shell:

\`\`\`sh
mbpoll -a 1 -r 40083 -c 2 -t 4 192.168.1.20
\`\`\`

---

See the [faults page](/faults) for what each light means, or <https://example.com/registers> for the full list; the isotope $\\prescript{14}{6}{\\mathbf{C}}$ and $\\pmb{x}$ with $\\sideset{_a^b}{_c^d}\\sum x$ are of no concern here. ~~The old address 40069~~ is gone since firmware 2.3. Press <kbd>Reset</kbd> only if the light stays red.

[^1]: Prices as of this week, without a mount.
`;
