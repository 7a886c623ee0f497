"""One line that runs the search in a thread and says how it goes."""

import threading
from collections.abc import Callable

from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from mealmag.errors import MealmagError
from mealmag.planning.plan import Plan
from mealmag.services.plan import PlanRequest
from mealmag.services.plan_progress import PlanProgress
from mealmag.tui.figures import progress_words

_TICK_S = 0.2


class SearchLine(Static):
    """Owns the worker; the thread touches no widget, it only posts messages."""

    class Improved(Message):
        """The search has something new."""

        def __init__(self, progress: PlanProgress) -> None:
            super().__init__()
            self.progress = progress

    class Planned(Message):
        """The search is done, with a checked plan."""

        def __init__(self, request: PlanRequest, plan: Plan, seconds: float) -> None:
            super().__init__()
            self.request = request
            self.plan = plan
            self.seconds = seconds

    class Failed(Message):
        """The search ended without a plan; `stopped` where a person ended it."""

        def __init__(self, error: BaseException, *, stopped: bool) -> None:
            super().__init__()
            self.error = error
            self.stopped = stopped

    def __init__(
        self,
        planner: Callable[..., Plan],
        clock: Callable[[], float],
        *,
        id: str,  # noqa: A002
    ) -> None:
        super().__init__(id=id, markup=False)
        self.running = False
        self._planner = planner
        self._clock = clock
        self._began = 0.0
        self._latest: PlanProgress | None = None
        self._stop = threading.Event()

    def on_mount(self) -> None:
        self._timer = self.set_interval(_TICK_S, self._tick, pause=True)

    def on_unmount(self) -> None:
        self._stop.set()

    def begin(self, request: PlanRequest) -> None:
        """Search in the background; one search at a time."""
        if self.running:
            return
        self.running, self._latest, self._began = True, None, self._clock()
        stop = self._stop = threading.Event()
        self._tick()
        self._timer.resume()
        self.run_worker(
            lambda: self._work(request, stop),
            group="plan",
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def stop(self) -> None:
        """Ask the search to end with the best plan so far."""
        self._stop.set()
        self._tick()

    def _work(self, request: PlanRequest, stop: threading.Event) -> None:
        try:
            plan = self._planner(
                request,
                on_progress=lambda progress: self.post_message(self.Improved(progress)),
                stop=stop.is_set,
            )
        except MealmagError as error:
            self.post_message(self.Failed(error, stopped=stop.is_set()))
        else:
            self.post_message(self.Planned(request, plan, self._clock() - self._began))

    def _tick(self) -> None:
        elapsed = self._clock() - self._began
        self.update(progress_words(elapsed, self._latest, stopping=self._stop.is_set()))

    def _end(self) -> None:
        self.running = False
        self._timer.pause()

    def on_search_line_improved(self, message: Improved) -> None:
        self._latest = message.progress
        self._tick()

    def on_search_line_planned(self) -> None:
        self._end()

    def on_search_line_failed(self) -> None:
        self._end()
        self.update("")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours in the search is told like any other failure."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(self.Failed(event.worker.error, stopped=False))
