"""Makes a folder of this exam's invented UK receipts with labels.jsonl.

    python -m tests.receipts.exam.generate OUTDIR --count 92 --seed 7 --photographed

Same seed, same pictures; how they are photographed is told in `tests.receipts.blind.generate`.
"""

from ..blind.generate import Exam, main
from .layouts import LAYOUTS

EXAM = Exam("exam-uk", "e", LAYOUTS)

if __name__ == "__main__":
    main(EXAM)
