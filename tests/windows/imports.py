"""Whether a program for Windows starts on a Windows that has nothing installed: it may need only what comes with the system.

python3 tests/windows/imports.py PROGRAM: prints the libraries that it needs, and fails at one that is not of the system.
"""

import re
import struct
import sys

OF_THE_SYSTEM = re.compile(
    r"(advapi32|bcrypt|bcryptprimitives|combase|crypt32|iphlpapi|kernel32|ncrypt|ntdll|ole32|oleaut32|psapi|secur32|shell32|shlwapi|"
    r"user32|userenv|ws2_32|msvcrt|api-ms-win-core-[a-z0-9-]+)\.dll"
)


def libraries(image):
    """The names in the table of imports of a PE32+ image."""
    (header,) = struct.unpack_from("<I", image, 0x3C)
    if image[header : header + 4] != b"PE\0\0":
        raise SystemExit("error: this is no program for Windows")
    count, optional_size = struct.unpack_from("<H12xH", image, header + 6)
    optional = header + 24
    if struct.unpack_from("<H", image, optional)[0] != 0x20B:
        raise SystemExit("error: this is no program of 64 bits")
    sections = [struct.unpack_from("<4I", image, optional + optional_size + 40 * at + 8) for at in range(count)]

    def place(address):
        for size, start, raw_size, raw in sections:
            if start <= address < start + max(size, raw_size):
                return address - start + raw
        raise SystemExit(f"error: no section holds {address:#x}")

    # Entries 1 and 13 of the directory: libraries that are loaded at the start, and those that are loaded when they are first used.
    for entry, width, name in ((1, 20, 12), (13, 32, 4)):
        (address,) = struct.unpack_from("<I", image, optional + 112 + 8 * entry)
        at = place(address) if address else None
        while at is not None and any(image[at : at + width]):
            begin = place(struct.unpack_from("<I", image, at + name)[0])
            yield image[begin : image.index(b"\0", begin)].decode("ascii").lower()
            at += width


def main():
    with open(sys.argv[1], "rb") as file:
        needed = sorted(set(libraries(file.read())))
    print("\n".join(needed))
    if not needed:
        raise SystemExit("error: no library is named")
    others = [name for name in needed if not OF_THE_SYSTEM.fullmatch(name)]
    if others:
        raise SystemExit(f"error: not every Windows has {', '.join(others)}")


if __name__ == "__main__":
    main()
