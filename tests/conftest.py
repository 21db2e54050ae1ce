"""How long Hypothesis searches.

``HYPOTHESIS_PROFILE`` chooses: ``default`` gives every machine the same examples, ``quick`` takes
few of them, ``glance`` hardly any, ``nightly`` looks at many more and at other ones each time.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    derandomize=True,
    max_examples=100,
    deadline=None,  # a slow machine is no failure
    database=None,  # nothing is remembered from run to run, and no file is written
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],  # nor is a slow machine while drawing
)
settings.register_profile("quick", settings.get_profile("default"), max_examples=20)
settings.register_profile("glance", settings.get_profile("default"), max_examples=5)
settings.register_profile(
    "nightly", settings.get_profile("default"), derandomize=False, max_examples=5_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
