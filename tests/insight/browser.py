"""A real Chromium that opens a report: what it complains of, what is cut off, what axe-core finds."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

# Runs in the page, and tells the page around it. Whatever juts out of the window, or of the box that should hold it.
PROBE = """
addEventListener("load", async () => {
  const cut = [], wide = document.documentElement.clientWidth;
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(".scroll") || ["SCRIPT", "STYLE", "title"].includes(one.tagName)) continue;
    const box = one.getBoundingClientRect();
    if (box.width && (box.right > wide + 1 || box.left < -1)) cut.push(one.tagName + ": " + one.textContent.slice(0, 40));
    if (one instanceof HTMLElement && one.clientWidth && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
      cut.push("inside " + one.tagName + ": " + one.textContent.slice(0, 40));
  }
  const narrow = [...document.querySelectorAll("th, td")].filter((one) => one.checkVisibility() && one.textContent.length > 3
    && one.clientHeight > 40 && one.clientWidth < 40).map((one) => one.textContent.slice(0, 40));
  const all = document.querySelector(".wide").getBoundingClientRect();
  const touching = [...document.querySelectorAll(".card:not(.wide)")].filter((one) => one.getBoundingClientRect().bottom > all.top - 8)
    .map((one) => one.textContent.trim().slice(0, 40));
  if (document.documentElement.scrollWidth > wide) cut.push("the page itself");
  const theme = document.getElementById("theme"), before = getComputedStyle(document.body).backgroundColor;
  const found = await axe.run(document, {resultTypes: ["violations"]});
  theme.click();
  const after = getComputedStyle(document.body).backgroundColor;
  const turned = await axe.run(document, {resultTypes: ["violations"]});
  const tell = (one) => one.violations.map((v) => [v.impact, v.id, v.nodes[0].html.slice(0, 200)]);
  parent.postMessage({cut, narrow, touching, wide, before, after, axe: tell(found), turned: tell(turned),
    passed: found.passes.length, text: document.body.innerText.length, svg: document.querySelectorAll("svg.chart").length,
    rtl: [...document.querySelectorAll('[lang=ar]')].map((one) => getComputedStyle(one).direction),
    tables: document.querySelectorAll("table").length, alert: window.__alerted || false}, "*");
});
"""
AROUND = """<!doctype html><meta charset="utf-8"><pre id="told"></pre><script>
addEventListener("message", (one) => { document.getElementById("told").textContent = JSON.stringify(one.data); });
</script><iframe src="FILE" style="width:WIDTHpx;height:2000px;border:0"></iframe>"""


def chromium() -> str:
    """The program; the test is skipped where there is none."""
    named = os.environ.get("KCS_CHROMIUM", "")
    found = next(
        filter(None, map(shutil.which, (named, "chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        pytest.skip("no Chromium here (KCS_CHROMIUM names one)")
    return found


def look(report: str, folder: Path, width: int, *, dark: bool = False) -> dict[str, Any]:
    """What PROBE tells of the report in a window so wide; nothing may have been written to the console."""
    program = chromium()
    axe = (resources.files("axe_core_python") / "axe.min.js").read_text("utf-8")
    page, around = folder / "probed.html", folder / "around.html"
    axe = axe.replace("</script", "<\\/script")
    script = f"<script>{axe}</script><script>{PROBE}</script></body>"
    page.write_text(report.replace("</body>", script), "utf-8")
    around.write_text(AROUND.replace("FILE", page.name).replace("WIDTH", str(width)), "utf-8")
    switches = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else []
    done = subprocess.run(
        [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr", "--log-level=0", *switches,
         f"--user-data-dir={folder / 'profile'}", f"--window-size={max(width + 40, 600)},2100",
         "--virtual-time-budget=20000", "--timeout=30000", "--dump-dom", around.as_uri()],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
    assert not said, said
    told = re.search(r'<pre id="told">(.+?)</pre>', done.stdout.decode(), re.DOTALL)
    assert told, done.stderr.decode("utf-8", "replace")[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found
