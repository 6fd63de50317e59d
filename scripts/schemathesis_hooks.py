"""Signs made-up requests in, and keeps them from ending the session that they need.

DROVER_FUZZ_SESSION is the session's secret, DROVER_FUZZ_USER the id of its user.
"""

import os

import schemathesis

SESSION = os.environ["DROVER_FUZZ_SESSION"]
USER = os.environ["DROVER_FUZZ_USER"]


@schemathesis.hook
def filter_case(context, case):
    """Nobody disables or removes the very user who asks."""
    if not case.path.startswith("/api/users/{id}"):
        return True
    return str((case.path_parameters or {}).get("id")) != USER


def hurry(case):
    """Nobody waits long for what a device may say."""
    if not case.path.endswith(("/commands", "/profile/test")) or not isinstance(case.body, dict):
        return
    if isinstance(case.body.get("wait_s", 1), int):
        case.body["wait_s"] = 1


@schemathesis.hook
def before_call(context, case, kwargs):
    """Signing in ends the session of before, so that is done without one."""
    hurry(case)
    case.headers.pop("Authorization", None)
    if (case.method, case.path) != ("POST", "/api/session"):
        case.headers["Cookie"] = "drover_session=" + SESSION
