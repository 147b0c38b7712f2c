"""`python -m rules.pages`: writes the catalogue's pages, or says with --check whether they are current."""

from rules.pages import written
from schemas import generated

if __name__ == "__main__":
    raise SystemExit(generated.command("rules.pages", __doc__, written))
