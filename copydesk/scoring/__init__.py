"""All rules of scoring: a task and an answer go in, a score comes out, and nothing else is touched.

One module for each kind of task that has a score.
"""

from copydesk.model import (
    AttributeAnswer,
    AttributeScore,
    AttributeTask,
    CompareAnswer,
    CompareScore,
    CompareTask,
    FigureAnswer,
    FigureScore,
    FigureTask,
    ImpressionAnswer,
    ImpressionTask,
    MarkAnswer,
    MarkScore,
    MarkTask,
    MatchAnswer,
    MatchScore,
    MatchTask,
    SortAnswer,
    SortScore,
    SortTask,
    Task,
)
from copydesk.scoring.attribute import (
    kappa as kappa,
)
from copydesk.scoring.attribute import (
    score_attribute as score_attribute,
)
from copydesk.scoring.compare import (
    score_compare as score_compare,
)
from copydesk.scoring.figure import (
    claim_outcome as claim_outcome,
)
from copydesk.scoring.figure import (
    first_answer as first_answer,
)
from copydesk.scoring.figure import (
    score_figure as score_figure,
)
from copydesk.scoring.figure import (
    stance as stance,
)
from copydesk.scoring.mark import (
    SLACK_WORDS as SLACK_WORDS,
)
from copydesk.scoring.mark import (
    AnswerDoesNotFit as AnswerDoesNotFit,
)
from copydesk.scoring.mark import (
    check_fit as check_fit,
)
from copydesk.scoring.mark import (
    distinct as distinct,
)
from copydesk.scoring.mark import (
    f1 as f1,
)
from copydesk.scoring.mark import (
    mark_rates as mark_rates,
)
from copydesk.scoring.mark import (
    merge as merge,
)
from copydesk.scoring.mark import (
    outcome as outcome,
)
from copydesk.scoring.mark import (
    ratio as ratio,
)
from copydesk.scoring.mark import (
    reach as reach,
)
from copydesk.scoring.mark import (
    score_mark as score_mark,
)
from copydesk.scoring.mark import (
    sensitivity as sensitivity,
)
from copydesk.scoring.mark import (
    span_rates as span_rates,
)
from copydesk.scoring.mark import (
    word_count as word_count,
)
from copydesk.scoring.mark import (
    word_rates as word_rates,
)
from copydesk.scoring.match import (
    score_match as score_match,
)
from copydesk.scoring.sort import (
    score_sort as score_sort,
)

Answer = (
    MarkAnswer
    | ImpressionAnswer
    | FigureAnswer
    | AttributeAnswer
    | SortAnswer
    | CompareAnswer
    | MatchAnswer
)
Score = MarkScore | FigureScore | AttributeScore | SortScore | CompareScore | MatchScore


def score(task: Task, answer: Answer) -> Score | None:
    """The score of an answer, by the rules of the task's kind; None for a kind that has no score.

    A new kind adds one case here. Raises TypeError if the answer is of another kind than the task.
    """
    match task, answer:
        case MarkTask(), MarkAnswer():
            return score_mark(task, answer)
        case FigureTask(), FigureAnswer():
            return score_figure(task, answer)
        case AttributeTask(), AttributeAnswer():
            return score_attribute(task, answer)
        case SortTask(), SortAnswer():
            return score_sort(task, answer)
        case CompareTask(), CompareAnswer():
            return score_compare(task, answer)
        case MatchTask(), MatchAnswer():
            return score_match(task, answer)
        case ImpressionTask(), ImpressionAnswer():
            # A first impression is the reader's own; there is no key to hold it against.
            return None
        case _:
            raise TypeError(
                f"task {task.id!r} of case {task.case.id!r} is of the kind {task.kind!r} and has "
                f"no rule for a {type(answer).__name__}: give the answer saved for this very task"
            )
