"""Load: drop files, say what they are, see what would change, load them; the documents there are, and withdrawing."""

import streamlit as st

from graph.loading import Failure
from views.load_documents import show_documents
from views.load_files import ask, folder
from views.load_job import Job, Ready
from views.load_report import progress, replaces, report
from views.page import footer, text, the_store, word

state = st.session_state
MOST_MEGABYTES = st.get_option("server.maxUploadSize")
# The upload field has no words of its own for another language; this puts ours in the place of its English ones.
_FIELD = """<style>
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]{{font-size:0}}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after{{
  content:"{button}";font-size:1rem}}
[data-testid="stFileUploaderDropzoneInstructions"]{{display:none}}
</style>"""


def begin(files: list[Ready], *, dry_run: bool) -> None:
    """Start a job on these files."""
    state.load_job = Job(files, dry_run, folder())
    state.load_job.start(the_store())


def anew() -> None:
    """Forget the files and what came of them."""
    for key in ("load_job", "load_folder"):
        state.pop(key, None)
    state.load_round = state.get("load_round", 0) + 1


def files() -> list[Ready] | None:
    """Show the upload field and a form a file; return the files, None while one of them is not ready."""
    st.html(_FIELD.format(button=word("load.choose_files")))
    dropped = st.file_uploader(
        word("load.drop", most=MOST_MEGABYTES),
        accept_multiple_files=True,
        key=f"load-files-{state.get('load_round', 0)}",
    )
    described = [ask(each) for each in dropped]
    ready = [each for each in described if each]
    if len(ready) < len(described):
        names = [each.name for each, form in zip(dropped, described, strict=True) if form is None]
        st.warning(word("load.not_ready", files=text(", ".join(names))))
        return None
    titles = [each.source.entry.title for each in ready if each.source.entry.title]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        st.warning(word("load.same_title", titles=text(", ".join(twice))))
        return None
    return ready


def act(ready: list[Ready] | None, job: Job | None) -> None:
    """Show what can be done with the files now: compare them, and load them once they have been compared."""
    if job and job.running:
        progress(job)
        return
    compared = job if job and job.dry_run and ready and job.files == ready else None
    if st.button(word("load.compare"), disabled=not ready, type="secondary" if compared else "primary") and ready:
        begin(ready, dry_run=True)
        st.rerun()
    if not compared or not ready:
        return
    st.subheader(word("load.would"), anchor=False)
    replaces(compared)
    report(compared)
    failed = {each.path for each in compared.results if isinstance(each, Failure)}
    loadable = [each for each in ready if each.source.path not in failed]
    if compared.done and not compared.error and loadable and st.button(word("load.load"), type="primary"):
        begin(loadable, dry_run=False)
        st.rerun()


def loaded(job: Job) -> None:
    """Show what a load has done, and what takes the reader to the next."""
    st.subheader(word("load.result"), anchor=False)
    report(job)
    if not job.complete:
        st.warning(word("load.partly"))
    st.button(word("load.more"), on_click=anew, type="primary")


st.title(word("page.load"), anchor=False)
job: Job | None = state.get("load_job")
if job and not job.dry_run and job.running:
    progress(job)
elif job and not job.dry_run:
    loaded(job)
else:
    st.caption(word("load.how"))
    act(files(), job)
show_documents()
footer("documents")
