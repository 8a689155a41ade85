"""Keeping child processes alive."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MOST_QUICK_DEATHS = 3
QUICK_SECONDS = 10
PATIENCE_SECONDS = 15


class ChildKeepsDying(Exception):
    """A child ended right after its start several times in a row."""


def _nothing() -> None:
    """No preparation is needed."""


@dataclass
class Child:
    """A process that is started again when it dies."""

    name: str
    command: Sequence[str]
    before_start: Callable[[], object] = _nothing
    quick_deaths: int = 0
    _process: subprocess.Popen | None = field(default=None, repr=False)
    _started: float = 0.0

    def start(self) -> None:
        """Start the process in a group of its own: Ctrl+C reaches it only through ``stop``."""
        self.before_start()
        self._process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603 - our own arguments
        self._started = time.monotonic()

    @property
    def running(self) -> bool:
        """Whether the process is there now."""
        return self._process is not None and self._process.poll() is None

    def keep_running(self) -> bool:
        """Start the process again if it has ended; says whether it had.

        Raises:
            ChildKeepsDying: it ended within seconds of its start, time after time.
        """
        if self.running:
            return False
        quick = time.monotonic() - self._started < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.quick_deaths >= MOST_QUICK_DEATHS:
            raise ChildKeepsDying(self.name)
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Let the process finish what it is doing."""
        if self._process is not None and self.running:
            self._process.terminate()

    def stop(self) -> None:
        """Wait for the end, and end a process that does not listen."""
        if self._process is None:
            return
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
