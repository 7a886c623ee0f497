"""What the figures were measured on, without names of hosts, users or folders."""

import os
import platform
import resource
from importlib import metadata
from pathlib import Path

_ENGINES = ("ortools", "PuLP", "deap")  # PuLP brings its CBC


def facts() -> str:
    """One line: processor, cores, memory, system, Python, and the engines that are installed."""
    return " · ".join(
        (
            _processor(),
            f"{len(os.sched_getaffinity(0))} cores",
            f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
            f"{platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}",
            *(f"{name} {metadata.version(name)}" for name in _ENGINES if _is_there(name)),
        )
    )


def _is_there(package: str) -> bool:
    try:
        return bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False


def load() -> float:
    """The load of the last minute: what else the machine was doing."""
    return os.getloadavg()[0]


def busy_s() -> float:
    """Processor seconds that the whole machine has spent on anything since it was started."""
    first, *_ = Path("/proc/stat").read_text(encoding="utf-8").splitlines()
    user, nice, system, _idle, _wait, irq, softirq = (int(part) for part in first.split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def own_s() -> float:
    """Processor seconds of this process, and of those that it has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + children_s()


def peak_mb(process: int | str = "self") -> float:
    """The most memory that a process ever held; 0 when it is gone.

    Not `ru_maxrss`: that starts with what the parent held when it started the process.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def keep_to(cores: int) -> None:
    """Keep this process, and all that it starts, to the first `cores` it may use."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def children_s() -> float:
    """Processor seconds of the processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
