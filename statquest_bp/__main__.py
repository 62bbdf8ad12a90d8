"""Print the ledger: every number that the videos show, its digits, its time, and what it comes to in full."""

from statquest_bp.command import say, words
from statquest_bp.video import ledger

if __name__ == "__main__":
    meaning = "only the numbers about this, such as b3, SSR or slope; without it, all"
    say(ledger(" ".join(words("statquest_bp", __doc__ or "", "about", meaning))))
