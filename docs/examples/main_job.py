"""The main job: real contracts from a total and milestones to invoices, statuses and aging."""

import brand_designer
import construction
import portfolio
import saas_build
import ux_designer


def main() -> None:
    """Print every example, one after the other."""
    for example in (ux_designer, saas_build, brand_designer, construction, portfolio):
        example.main()


if __name__ == "__main__":
    main()
