"""A user who does anything in any order, and what must be there after each step."""

from __future__ import annotations

import hashlib
from random import Random

from reprint_samples import OTHER, STORY, write
from support import finish

from bulletin_desktop.library.schema import RECORDED
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    annotators,
    browsing,
    collections,
    correcting,
    history,
    noting,
    passages,
    reprints,
    rules,
    searches,
    suggesting,
    tagging,
    themes,
    trash,
    words,
)
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.searching import Options

# Of what was cut from a document that an undone import left in the library nothing counts.
_LIVE = "IN (SELECT id FROM documents WHERE trashed = 0)"
_OF_LIVE = {
    "documents": f"id {_LIVE}",
    "layouts": f"id {_LIVE}",
    "issues": f"document_id {_LIVE}",
    "sections": f"issue_id IN (SELECT id FROM issues WHERE document_id {_LIVE})",
    "articles": f"issue_id IN (SELECT id FROM issues WHERE document_id {_LIVE})",
}


def content(library):
    """A digest of all that the user put into the library or corrected in it, table by table."""
    digests = {}
    for table, columns in RECORDED.items():
        where = _OF_LIVE.get(table, "1")
        rows = library.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY id")
        digests[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return digests


class Walk:
    """Acts at random, and looks after each act that the library is as it must be."""

    def __init__(self, library, folder, seed):
        self.library, self.folder, self.random = library, folder, Random(seed)
        self.base = history.next_undo(library).id
        self.states, self.steps, self.at = [content(library)], [], 0
        self.done, self.last = set(), ""

    def act(self):
        name = self.random.choice(list(VERBS))
        if self.last == "undo" and self.chance():
            name = "redo"
        self.last = name
        if name == "undo" and self.at == 0:
            return
        try:
            change = VERBS[name](self)
        except KnownError:
            assert content(self.library) == self.states[self.at], name
            return
        self.done.add(name)
        self._keep(name, change)

    def _keep(self, name, change):
        now = content(self.library)
        if name in ("undo", "redo"):
            self.at += 1 if name == "redo" else -1
            assert now == self.states[self.at], name
        elif name == "go_to" or change is None or change.step is None:
            assert now == self.states[self.at], name
        else:
            joined = self.at > 0 and self.steps[self.at - 1] == change.step
            self.at -= joined
            del self.states[self.at + 1 :], self.steps[self.at :]
            self.states.append(now)
            self.steps.append(change.step)
            self.at += 1

    def go_to(self):
        self.at = self.random.randint(max(0, self.at - 8), min(len(self.steps), self.at + 8))
        return history.go_to(self.library, self.steps[self.at - 1] if self.at else self.base)

    # What is acted on; sometimes what is not there

    def one(self, known):
        return self.random.choice([*known, 9999])

    def some(self, known):
        return self.random.sample(known, min(len(known), self.random.randint(1, 6))) or [9999]

    def articles(self):
        return self.some(browsing.ids_in_scope(self.library, Scope()))

    def article(self):
        return self.articles()[0]

    def issue(self):
        return self.one([issue.id for issue in browsing.issues(self.library)])

    def theme(self):
        return self.one([theme.id for theme in themes.all_themes(self.library)])

    def themes(self):
        return self.some([theme.id for theme in themes.all_themes(self.library)])

    def collection(self):
        return self.one([found.id for found in collections.all_collections(self.library)])

    def items(self):
        """Items of one collection, and sometimes of none."""
        chosen = self.collection()
        if self.chance() and chosen != 9999:
            return chosen, self.some([item.id for item in collections.items(self.library, chosen)])
        return chosen, [9999]

    def item(self):
        return self.items()[1][0]

    def level(self):
        return self.random.choice([1, 2])

    def extent(self):
        return self.random.choice(["full", "excerpt", "summary"])

    def search(self):
        return self.one([found.id for found in searches.all_searches(self.library)])

    def rule(self):
        return self.one([found.id for found in rules.all_rules(self.library)])

    def highlight(self):
        return self.one([found.highlight.id for found in passages.listed(self.library)])

    def highlights(self):
        return self.some([found.highlight.id for found in passages.listed(self.library)])

    def entries(self):
        return self.some([found.id for found in trash.trashed(self.library)])

    def name(self):
        return self.random.choice("甲乙丙丁戊己庚辛") * self.random.randint(1, 2)

    def query(self):
        return self.random.choice(["协商", "工会 培训", "来源:市总工会", "是:星标", "女职工"])

    def parent(self):
        return self.random.choice([None, self.theme()])

    def chance(self):
        return self.random.random() < 0.5

    def stretch(self):
        start = self.random.randint(0, 400)
        return start, start + self.random.randint(1, 60)

    def line(self):
        """A document and somewhere in it, rather where an article has words."""
        document = self.random.choice(browsing.documents(self.library) or [None])
        if document is None:
            raise KnownError("document.missing", id=0)
        parts = [p for a in correcting.layout(self.library, document.id).articles for p in a.parts]
        place = self.random.randrange(document.length)
        chosen = self.random.choice(parts).start if parts and self.chance() else place
        return document.id, chosen

    # Acts that take more than a call

    def note(self):
        kind = self.random.choice(["article", "highlight", "issue", "theme"])
        text = self.random.choice(["", self.name(), f"{self.name()}\n{self.name()}"])
        private = self.random.choice([None, True, False])
        target = getattr(self, kind)()
        return noting.set_note(
            self.library, kind, target, text, private=private, typing=self.chance()
        )

    def role(self):
        role = self.random.choice(["title", "subtitle", "author", "body", "source", "section"])
        return correcting.set_role(self.library, *self.line(), role)

    def amend(self):
        document, start = self.line()
        return correcting.amend(self.library, document, start, start + 2, self.name())

    def facts(self):
        return correcting.set_facts(self.library, self.issue(), number=self.random.choice("123"))

    def move(self):
        collection = self.collection()
        have = [item.id for item in collections.items(self.library, collection)]
        return collections.move_items(self.library, collection, have, have[0] if have else None)

    def move_items(self):
        collection, chosen = self.items()
        return collections.move_items(self.library, collection, chosen, self.item())

    def restore_text(self):
        """Bring back what went to the trash last, so that articles do not run out."""
        return trash.restore(self.library, [found.id for found in trash.trashed(self.library)][:1])

    def annotator(self):
        annotators.set_name(self.library, self.random.choice(["", "王", "李"]))

    def bring(self):
        """Import a file that was changed since, or is as it was."""
        articles = [("推进会", STORY), ("小屋", OTHER), ("又一篇", (*OTHER, *STORY))]
        chosen = self.random.sample(articles, self.random.randint(2, 3))
        return finish(import_paths(self.library, [write(self.folder, "9", "2", *chosen)])).change


def _on(verb, *given):
    """Carry out a verb on what a walk gives: each of ``given`` is asked of it."""
    return lambda walk: verb(walk.library, *(each(walk) for each in given))


def _mark(walk):
    return passages.mark(walk.library, walk.article(), *walk.stretch(), walk.themes()[:2])


def _sort(walk):
    by = walk.random.choice(["date", "source", "theme", "title"])
    return collections.sort(walk.library, walk.collection(), by, descending=walk.chance())


def _rule(walk):
    return rules.add(walk.library, walk.theme(), walk.query(), at_import=walk.chance())


W = Walk
VERBS = {
    "undo": lambda walk: history.undo(walk.library),
    "redo": lambda walk: history.redo(walk.library),
    "go_to": W.go_to,
    "annotator": W.annotator,
    "tag": _on(tagging.tag, W.articles, W.themes),
    "untag": _on(tagging.untag, W.articles, W.themes),
    "toggle": _on(tagging.toggle, W.articles, W.theme),
    "tag_new": _on(tagging.tag_new, W.articles, W.name),
    "refuse": _on(suggesting.refuse, W.articles, W.theme),
    "star": lambda walk: tagging.star(walk.library, walk.articles(), starred=walk.chance()),
    "note": W.note,
    "another note": W.note,
    "theme_add": lambda walk: themes.add(walk.library, walk.name(), parent=walk.parent()),
    "theme_rename": _on(themes.rename, W.theme, W.name),
    "theme_describe": _on(themes.describe, W.theme, W.name),
    "theme_aliases": lambda w: themes.set_aliases(w.library, w.theme(), [w.name(), w.name()]),
    "theme_words": lambda w: themes.set_words(w.library, w.theme(), [w.name()]),
    "theme_merge": _on(themes.merge_all, lambda walk: walk.themes()[:2], W.theme),
    "theme_move": _on(themes.move_all, W.themes, W.parent),
    "theme_key": _on(themes.set_key, W.theme, lambda walk: walk.random.choice("123456789")),
    "theme_split": _on(themes.split, W.theme, W.name, W.articles),
    "theme_delete": _on(themes.delete_all, lambda walk: walk.themes()[:2]),
    "mark": _mark,
    "mark again": _mark,
    "mark_new": lambda w: passages.mark_new(w.library, w.article(), *w.stretch(), w.name()),
    "resize": lambda w: passages.resize(w.library, w.highlight(), *w.stretch()),
    "unmark": _on(passages.delete, lambda walk: walk.highlights()[:2]),
    "put_theme": _on(passages.put_theme, W.highlights, W.theme),
    "take_theme": _on(passages.take_theme, W.highlights, W.theme),
    "create": _on(collections.create, W.name),
    "rename": _on(collections.rename, W.collection, W.name),
    "delete": _on(collections.delete, W.collection),
    "collect": _on(collections.add_articles, W.name, W.articles),
    "uncollect": _on(collections.remove_articles, W.collection, W.articles),
    "reorder": W.move,
    "heading_add": lambda walk: collections.add_heading(
        walk.library, walk.collection(), walk.name(), walk.level(), walk.item()
    ),
    "heading_set": _on(collections.set_heading, W.item, W.name, W.level),
    "extent": lambda w: collections.set_extent(w.library, w.items()[1], w.extent()),
    "summary": _on(collections.set_summary, W.item, W.name),
    "intro": _on(collections.set_intro, W.collection, W.name),
    "items_remove": lambda walk: collections.remove_items(walk.library, *walk.items()),
    "items_move": W.move_items,
    "collection_sort": _sort,
    "search_save": _on(searches.save, W.name, W.query, lambda _: Options()),
    "search_rename": _on(searches.rename, W.search, W.name),
    "search_delete": _on(searches.delete, W.search),
    "rule_add": _rule,
    "rule_apply": lambda walk: finish(rules.apply(walk.library, [walk.rule()])),
    "rule_delete": _on(rules.delete, lambda walk: [walk.rule()]),
    "word_add": _on(words.add, lambda walk: [walk.name() + "会"]),
    "word_remove": _on(words.remove, lambda walk: words.all_words(walk.library)[:1]),
    "deny": _on(reprints.deny, W.article, W.article),
    "split": lambda walk: correcting.split(walk.library, *walk.line()),
    "join": _on(correcting.join, W.article),
    "role": W.role,
    "discard_cut": lambda walk: correcting.discard(walk.library, walk.articles()[:2]),
    "take_up": lambda walk: correcting.take_up(walk.library, *walk.line()),
    "amend": W.amend,
    "facts": W.facts,
    "recut": lambda walk: correcting.recut(walk.library, walk.line()[0]),
    "trash_articles": lambda walk: trash.discard_articles(walk.library, walk.articles()[:3]),
    "trash_issue": _on(trash.discard_issues, lambda walk: [walk.issue()]),
    "trash_restore": _on(trash.restore, W.entries),
    "trash_restore_last": W.restore_text,
    "trash_restore_last again": W.restore_text,
    "trash_empty": _on(trash.empty, lambda walk: walk.entries()[:1]),
    "import": W.bring,
}
