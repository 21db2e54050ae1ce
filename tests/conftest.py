"""How long Hypothesis searches.

``HYPOTHESIS_PROFILE`` chooses: ``quick``, the default, takes few examples, ``glance`` hardly any,
``thorough`` five times as many as ``quick``; these give every machine the same ones. ``nightly``
looks at many more, and at other ones each time.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "thorough",
    derandomize=True,
    max_examples=100,
    deadline=None,  # a slow machine is no failure
    database=None,  # nothing is remembered from run to run, and no file is written
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],  # nor is a slow machine while drawing
)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=20)
settings.register_profile("glance", settings.get_profile("thorough"), max_examples=5)
settings.register_profile(
    "nightly", settings.get_profile("thorough"), derandomize=False, max_examples=5_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
