# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""A virtual machine that boots a root and does one thing in it, for `make try-systemd`.

It has two processors, 1.5 GiB of memory and no network but loopback. Where KVM is not to be had, qemu computes every
instruction, and all takes many times as long.
"""

import collections
import os
import subprocess
import threading

from processes import Failure

DISK = "4G"
# Its standard output is the second serial port; what the kernel and systemd say is on the first.
UNIT = """[Unit]
Description=The trial
[Service]
Type=exec
ExecStart={command}
StandardOutput=file:/dev/ttyS1
StandardError=file:/dev/ttyS1
ExecStopPost=/bin/sh -c 'echo "ended $EXIT_CODE $EXIT_STATUS" >/dev/ttyS1; systemctl --no-block poweroff'
"""
PROBE_SECONDS = 15


def qemu(machine, *arguments):
    return ["qemu-system-x86_64", "-accel", *machine, "-machine", "q35", "-smp", "2", "-nic", "none", "-display", "none", "-monitor", "none",
            "-no-reboot", *arguments]


def acceleration(kernel):
    """KVM, where it can be opened and this kernel runs on it: one without a root gives up at once, and qemu ends."""
    kvm, computed = ("kvm", "-cpu", "host"), ("tcg,thread=multi,tb-size=512", "-cpu", "max,-la57")
    try:
        os.close(os.open("/dev/kvm", os.O_RDWR))
        subprocess.run(qemu(kvm, "-m", "512", "-kernel", str(kernel), "-append", "panic=-1"),
                       check=True, timeout=PROBE_SECONDS, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return computed
    return kvm


class Machine:
    """`root` has a kernel and systemd, and is copied as it is now to a disk, `file`."""

    def __init__(self, root, file, command):
        self.file = file
        self.kernel, self.initrd = (next((root.path / "boot").glob(pattern)) for pattern in ("vmlinuz-*", "initrd.img-*"))
        self.accelerated = acceleration(self.kernel)
        print(f"qemu with {self.accelerated[0].partition(',')[0]}", flush=True)
        (root.path / "usr/sbin/policy-rc.d").unlink(missing_ok=True)
        root.write("etc/fstab", "/dev/vda / ext4 rw,noatime 0 1\n")
        root.write("etc/hostname", "machine\n")
        root.write("etc/hosts", "127.0.0.1 localhost machine photos.example\n")
        root.write("etc/systemd/system/trial.service", UNIT.format(command=command))
        wants = root.path / "etc/systemd/system/multi-user.target.wants"
        wants.mkdir(parents=True, exist_ok=True)
        (wants / "trial.service").symlink_to("../trial.service")
        file.unlink(missing_ok=True)
        subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", str(root.path), str(file), DISK], check=True, stdout=subprocess.DEVNULL)

    def boot(self, seconds):
        """Boots, passes on what the command says, and returns when it has ended well and the machine is off."""
        console = self.file.with_suffix(".log")
        process = subprocess.Popen(
            qemu(self.accelerated, "-m", "1536", "-serial", f"file:{console}", "-serial", "stdio", "-device", "virtio-rng-pci",
                 "-drive", f"file={self.file},format=raw,if=virtio,cache=unsafe", "-kernel", str(self.kernel), "-initrd", str(self.initrd),
                 "-append", "root=/dev/vda rw console=ttyS0 panic=-1 quiet systemd.show_status=yes"),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, errors="replace")
        limit = threading.Timer(seconds, process.kill)
        limit.start()
        try:
            outcome = self.follow(process.stdout)
            process.wait()
        finally:
            limit.cancel()
            process.kill()
        if outcome is None:
            raise Failure("the machine did not get to the end; its console:\n" + tail(console, 40))
        if outcome != "exited 0":
            raise Failure(f"the trial inside {outcome}")

    @staticmethod
    def follow(lines):
        outcome = None
        for line in lines:
            if line.startswith("ended "):
                outcome = line.removeprefix("ended ").strip()
            else:
                print(line.rstrip("\r\n"), flush=True)
        return outcome


def tail(file, count):
    with file.open(errors="replace") as lines:
        return "".join(collections.deque(lines, count))
