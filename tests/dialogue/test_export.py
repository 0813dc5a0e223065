from dataclasses import replace

from monitor.board.sheet import register_csv
from monitor.model import DocumentFile, FileLook, FileState
from tests.alert.samples import NOW, document, dossier, known
from tests.dialogue.talk import says, view


def test_the_register_is_sent_as_a_file_that_is_named_after_the_day() -> None:
    of = view(dossier(known(document())), dossier(known(document()), code="NER"))
    file = DocumentFile(document().url, (FileLook(NOW, FileState.THERE, pages=48),), NOW)
    of = replace(of, world=replace(of.world, files={file.url: file}))
    reply = says("/export", of)
    assert reply.message is None
    assert reply.file
    assert reply.file.name == "uncac-register-2026-11-24.csv"
    assert reply.file.caption == "The register: 2 documents"
    assert b",there,,48," in reply.file.content
    assert reply.file.content == register_csv(of.countries, of.world.dossiers, of.pledges, of.world.files)


def test_one_document_is_counted_as_one() -> None:
    file = says("/export", view(dossier(known(document())))).file
    assert file
    assert file.caption == "The register: 1 document"
