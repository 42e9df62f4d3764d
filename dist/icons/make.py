#!/usr/bin/env python3
"""Remakes every icon in this folder from assets/icon.svg, with rsvg-convert (Debian: librsvg2-bin).

The PNG files are for Linux, jwt-workbench.icns for macOS, jwt-workbench.ico for Windows.
"""

import struct
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCE = FOLDER.parent.parent / "assets" / "icon.svg"
# What icon themes ask for.
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 256)
# The types of an icns file that hold PNG, by pixels; the second of two is the one for dense displays.
ICNS_TYPES = (("icp4", 16), ("ic11", 32), ("icp5", 32), ("ic12", 64), ("ic07", 128), ("ic13", 256), ("ic08", 256), ("ic14", 512), ("ic09", 512))


def render(size: int) -> bytes:
    command = ["rsvg-convert", "--width", str(size), "--height", str(size), str(SOURCE)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def ico(pictures: list[tuple[int, bytes]]) -> bytes:
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(header) + 16 * len(pictures)
    entries = b""
    for size, png in pictures:
        # A size of 256 is written as 0; then colours, reserved, planes, bits.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), offset)
        offset += len(png)
    return header + entries + b"".join(png for _, png in pictures)


def icns(pictures: list[tuple[str, bytes]]) -> bytes:
    body = b"".join(kind.encode() + struct.pack(">I", 8 + len(png)) + png for kind, png in pictures)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


pngs = {size: render(size) for size in PNG_SIZES}
for size, png in pngs.items():
    (FOLDER / f"{size}.png").write_bytes(png)
(FOLDER / "jwt-workbench.ico").write_bytes(ico([(size, pngs[size]) for size in ICO_SIZES]))
(FOLDER / "jwt-workbench.icns").write_bytes(icns([(kind, pngs[size]) for kind, size in ICNS_TYPES]))
